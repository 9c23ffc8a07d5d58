using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>What the links log: events 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Link of host {HostId} is up: session {SessionId}, agent {AgentVersion}, process {AgentProcessId}, boot {BootId}")]
    public static partial void LinkUp(ILogger logger, HostId hostId, Guid sessionId, string agentVersion, string agentProcessId, string bootId);

    [LoggerMessage(3001, LogLevel.Warning, "Link of host {HostId} is down: session {SessionId}")]
    public static partial void LinkDown(ILogger logger, HostId hostId, Guid sessionId);

    [LoggerMessage(3002, LogLevel.Information, "Link of host {HostId}: session {NewSessionId} replaces session {OldSessionId}")]
    public static partial void LinkReplaced(ILogger logger, HostId hostId, Guid oldSessionId, Guid newSessionId);

    [LoggerMessage(3003, LogLevel.Warning, "Link of host {HostId} refused in session {SessionId}: {Reason}, {Detail}")]
    public static partial void LinkRefused(ILogger logger, HostId hostId, Guid sessionId, string reason, string detail);

    [LoggerMessage(3004, LogLevel.Warning, "A connection from {RemoteAddress} was not let in as a link: {Reason}")]
    public static partial void LinkNotAdmitted(ILogger logger, string remoteAddress, string reason);

    [LoggerMessage(3005, LogLevel.Warning, "A link of host {HostId} from {RemoteAddress} was closed: its nonce is unknown, used or too old")]
    public static partial void NonceUnknown(ILogger logger, HostId hostId, string remoteAddress);

    [LoggerMessage(3006, LogLevel.Error, "Host {HostId} is claimed by an agent of another boot ({NewBootId}) while the one of boot {OldBootId} does not answer: a reboot, or a copied machine")]
    public static partial void ClaimedByOtherBoot(ILogger logger, HostId hostId, string oldBootId, string newBootId);

    [LoggerMessage(3007, LogLevel.Warning, "Attach of host {HostId} from {RemoteAddress} refused: {Reason}, {Detail}")]
    public static partial void AttachRefused(ILogger logger, HostId hostId, string remoteAddress, string reason, string detail);

    [LoggerMessage(3008, LogLevel.Warning, "Link of host {HostId}, session {SessionId}, is cut: {Reason}")]
    public static partial void LinkCut(ILogger logger, HostId hostId, Guid sessionId, string reason);

    [LoggerMessage(3009, LogLevel.Debug, "Attach of host {HostId} from {RemoteAddress} accepted")]
    public static partial void AttachAccepted(ILogger logger, HostId hostId, string remoteAddress);

    [LoggerMessage(3011, LogLevel.Warning, "A connection from {RemoteAddress} was closed: there are as many without a certificate as there may be")]
    public static partial void TooManyStrangers(ILogger logger, System.Net.IPAddress remoteAddress);

    [LoggerMessage(3012, LogLevel.Warning, "A connection of host {HostId} from {RemoteAddress} is kept for a short time only: the host has as many as it may")]
    public static partial void TooManyOfHost(ILogger logger, HostId hostId, string remoteAddress);

    [LoggerMessage(3010, LogLevel.Warning, "{Method} from {RemoteAddress} refused: {Reason}, {Detail}")]
    public static partial void AgentRefused(ILogger logger, string method, string remoteAddress, string reason, string detail);
}
