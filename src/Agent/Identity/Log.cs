namespace Agents.Agent.Identity;

/// <summary>What identity logs: events 1500 to 1599. Never a token, never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "Enrolled as host {HostId} of project {Project} with controller {ControllerId}")]
    public static partial void Enrolled(ILogger logger, string hostId, string project, string controllerId);
}
