using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>What enrolment logs: events 3100 to 3199. Never a token, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "Host {HostId} (\"{Name}\" of project {Project}) enrolled from {SourceAddress}")]
    public static partial void HostEnrolled(ILogger logger, HostId hostId, string name, string project, string sourceAddress);

    [LoggerMessage(3101, LogLevel.Warning, "Enrolment of \"{Name}\" from {SourceAddress} refused: {Reason}")]
    public static partial void EnrollmentRefused(ILogger logger, string name, string sourceAddress, string reason);

    [LoggerMessage(3102, LogLevel.Information, "Host {HostId} asked from {SourceAddress} for a certificate for a new key: it is good until {NotAfter}")]
    public static partial void HostRenewed(ILogger logger, HostId hostId, string sourceAddress, DateTimeOffset notAfter);

    [LoggerMessage(3103, LogLevel.Information, "Host {HostId} has attached with its new key: the old one is worthless")]
    public static partial void KeySuperseded(ILogger logger, HostId hostId);
}
