namespace Agents.Agent.Identity;

/// <summary>What identity logs: events 1500 to 1599. Never a token, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "Enrolled as host {HostId} of project {Project} with controller {ControllerId}")]
    public static partial void Enrolled(ILogger logger, string hostId, string project, string controllerId);

    [LoggerMessage(1501, LogLevel.Information, "The certificate was renewed, with a new key; it is good until {NotAfter}")]
    public static partial void Renewed(ILogger logger, DateTime notAfter);

    [LoggerMessage(1502, LogLevel.Information, "Controller {ControllerId} has said which authorities to trust from now on")]
    public static partial void TrustChanged(ILogger logger, string controllerId);
}
