namespace Agents.Agent.Hangs;

/// <summary>Messages of this folder; event ids 1800 to 1899.</summary>
internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Warning, "The instance {InstanceId} leads and has given no answer for {Silence}: its container {Container} is ended.")]
    public static partial void InstanceHangs(this ILogger logger, string instanceId, TimeSpan silence, string container);

    [LoggerMessage(1801, LogLevel.Warning, "The Docker Engine did not end the container {Container}, its cgroup did: {Error}")]
    public static partial void EndedByCgroup(this ILogger logger, string container, string error);

    [LoggerMessage(1802, LogLevel.Error, "The container {Container} of the instance {InstanceId}, which hangs, could not be ended, trying again: {Error}")]
    public static partial void EndFailed(this ILogger logger, string instanceId, string container, string error);

    [LoggerMessage(1803, LogLevel.Information, "The instance {InstanceId} does not hang any more: it answers, or was started again.")]
    public static partial void HangIsOver(this ILogger logger, string instanceId);

    [LoggerMessage(1804, LogLevel.Warning, "About the instance {InstanceId}, which hangs or did, nothing could be done, trying again: {Error}")]
    public static partial void ActFailed(this ILogger logger, string instanceId, string error);

    [LoggerMessage(1805, LogLevel.Warning, "Whether instances hang could not be looked at, trying again: {Error}")]
    public static partial void LookFailed(this ILogger logger, string error);
}
