namespace Agents.Agent.Instances;

/// <summary>Messages of this folder; event ids 1200 to 1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Error, "The record of the instance {InstanceId} is damaged and was set aside; it is not started, and nothing is done about it, until a person has looked at its data and accepts that.")]
    public static partial void RecordDamaged(this ILogger logger, string instanceId);

    [LoggerMessage(1201, LogLevel.Information, "The instance {InstanceId} is wanted {Want}.")]
    public static partial void WantChanged(this ILogger logger, string instanceId, InstanceState want);

    [LoggerMessage(1202, LogLevel.Information, "The instance {InstanceId} was started in {Container}.")]
    public static partial void InstanceStarted(this ILogger logger, string instanceId, string container);

    [LoggerMessage(1203, LogLevel.Warning, "The instance {InstanceId} could not be started ({Failures} failures in a row): {Error}")]
    public static partial void StartFailed(this ILogger logger, string instanceId, int failures, string error);

    [LoggerMessage(1204, LogLevel.Information, "The instance {InstanceId} was stopped in {Container}.")]
    public static partial void InstanceStopped(this ILogger logger, string instanceId, string container);

    [LoggerMessage(1205, LogLevel.Warning, "The instance {InstanceId} could not be stopped, trying again: {Error}")]
    public static partial void StopFailed(this ILogger logger, string instanceId, string error);

    [LoggerMessage(1206, LogLevel.Information, "The instance {InstanceId} is fenced by {FenceId} for {Duration}: {Reason}")]
    public static partial void InstanceFenced(this ILogger logger, string instanceId, string fenceId, TimeSpan duration, string reason);

    [LoggerMessage(1207, LogLevel.Information, "The fence {FenceId} of the instance {InstanceId} was released.")]
    public static partial void InstanceReleased(this ILogger logger, string instanceId, string fenceId);

    [LoggerMessage(1208, LogLevel.Warning, "The deadline of the fence {FenceId} of the instance {InstanceId} has passed without a verdict.")]
    public static partial void FenceExpired(this ILogger logger, string instanceId, string fenceId);

    [LoggerMessage(1209, LogLevel.Information, "The instance {InstanceId} is forgotten.")]
    public static partial void InstanceForgotten(this ILogger logger, string instanceId);

    [LoggerMessage(1211, LogLevel.Warning, "The record of the network {Network} is damaged and was set aside.")]
    public static partial void NetworkRecordDamaged(this ILogger logger, string network);

    [LoggerMessage(1212, LogLevel.Warning, "What was removed long ago could not be forgotten, trying again tomorrow: {Error}")]
    public static partial void SweepFailed(this ILogger logger, string error);

    [LoggerMessage(1210, LogLevel.Warning, "The instance {InstanceId} could not be looked after, trying again: {Error}")]
    public static partial void TurnFailed(this ILogger logger, string instanceId, string error);
}
