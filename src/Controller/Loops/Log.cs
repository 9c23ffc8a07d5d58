using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>What the loops log: event ids 3300 to 3399.</summary>
internal static partial class Log
{
    /// <summary>A turn failed as a whole.</summary>
    [LoggerMessage(3300, LogLevel.Warning, "A turn of {Loop} failed; the next turn is the retry")]
    public static partial void TurnFailed(ILogger logger, string loop, Exception exception);

    /// <summary>A step waits for a host.</summary>
    [LoggerMessage(3301, LogLevel.Debug, "Operation {OperationId} is held up in \"{Step}\": {Cause}")]
    public static partial void StepHeldUp(ILogger logger, OperationId operationId, string step, string cause);

    /// <summary>An operation is being undone.</summary>
    [LoggerMessage(3302, LogLevel.Warning, "Operation {OperationId} ({Kind}) is being undone: {Reason}")]
    public static partial void Undoing(ILogger logger, OperationId operationId, string kind, string reason);

    /// <summary>An operation is done.</summary>
    [LoggerMessage(3303, LogLevel.Information, "Operation {OperationId} ({Kind}) of {Cluster} is done")]
    public static partial void Succeeded(ILogger logger, OperationId operationId, string kind, string cluster);

    /// <summary>One operation's try failed in an unforeseen way.</summary>
    [LoggerMessage(3304, LogLevel.Error, "A try of operation {OperationId} failed in an unforeseen way; it is tried again")]
    public static partial void OperationFaulted(ILogger logger, OperationId operationId, Exception exception);

    /// <summary>An undo met data.</summary>
    [LoggerMessage(3305, LogLevel.Warning, "Operation {OperationId} is not undone, and its cluster is kept: {Cause}")]
    public static partial void UndoRefused(ILogger logger, OperationId operationId, string cause);

    /// <summary>The loop acts.</summary>
    [LoggerMessage(3310, LogLevel.Information, "Cluster {Cluster}: {Action} {Member}, because {Reason}")]
    public static partial void Acting(ILogger logger, string cluster, string action, string member, string reason);

    /// <summary>An action was not possible.</summary>
    [LoggerMessage(3311, LogLevel.Warning, "Cluster {Cluster}: {Action} {Member} was not possible: {Cause}")]
    public static partial void ActionFailed(ILogger logger, string cluster, string action, string member, string cause);

    /// <summary>The planner holds back.</summary>
    [LoggerMessage(3312, LogLevel.Debug, "Cluster {Cluster} is left alone: {Reasons}")]
    public static partial void Held(ILogger logger, string cluster, string reasons);

    /// <summary>Much of the fleet is silent.</summary>
    [LoggerMessage(3313, LogLevel.Error, "{Silent} of {Hosts} hosts are silent: nothing is made anew until they are back. Look at the controller's own network first")]
    public static partial void FleetSilent(ILogger logger, int silent, int hosts);

    /// <summary>One cluster could not be looked after.</summary>
    [LoggerMessage(3314, LogLevel.Error, "Cluster {Cluster} could not be looked after in an unforeseen way; it is tried again")]
    public static partial void ClusterFaulted(ILogger logger, string cluster, Exception exception);

    /// <summary>One cluster could not be looked at.</summary>
    [LoggerMessage(3315, LogLevel.Error, "Cluster {Cluster} could not be looked at in an unforeseen way; it is tried again")]
    public static partial void LookFailed(ILogger logger, string cluster, Exception exception);

    /// <summary>The controller begins an operation by itself.</summary>
    [LoggerMessage(3316, LogLevel.Warning, "Cluster {Cluster}: {Kind} is begun as operation {OperationId}, because {Reason}")]
    public static partial void RepairBegun(ILogger logger, string cluster, string kind, OperationId operationId, string reason);

    /// <summary>A leftover is gone.</summary>
    [LoggerMessage(3320, LogLevel.Information, "Removed what a delete had to leave: {Kind} {Name} on host {HostId}")]
    public static partial void LeftoverRemoved(ILogger logger, string kind, string name, HostId hostId);

    /// <summary>A leftover could not be removed.</summary>
    [LoggerMessage(3321, LogLevel.Warning, "{Kind} {Name} on host {HostId} could not be removed yet: {Cause}")]
    public static partial void LeftoverStays(ILogger logger, string kind, string name, HostId hostId, string cause);

    /// <summary>What an undo left holds data.</summary>
    [LoggerMessage(3322, LogLevel.Warning, "What the undo of {Resource} left on host {HostId} holds data: nothing of it is removed. It is an orphan now, for a person to decide about")]
    public static partial void LeftoverKept(ILogger logger, string resource, HostId hostId);

    /// <summary>The store is tidied up.</summary>
    [LoggerMessage(3330, LogLevel.Information, "Removed {Count} events, answers, operations and names of deleted clusters from the store: they are too old to be kept")]
    public static partial void AgedRemoved(ILogger logger, int count);
}
