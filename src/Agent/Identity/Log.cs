namespace Agents.Agent.Identity;

/// <summary>What identity logs: events 1100 to 1199. Never a token, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information, "Enrolled as host {HostId} of project {Project} with controller {ControllerId}")]
    public static partial void Enrolled(ILogger logger, string hostId, string project, string controllerId);
}
