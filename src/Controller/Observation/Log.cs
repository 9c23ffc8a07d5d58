using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>What observation logs: event ids 3200 to 3299.</summary>
internal static partial class Log
{
    /// <summary>The watch of the links began anew.</summary>
    [LoggerMessage(3200, LogLevel.Warning, "The watch of the links fell behind and begins anew")]
    public static partial void WatchingAgain(ILogger logger, Exception exception);

    /// <summary>A host could not be observed.</summary>
    [LoggerMessage(3201, LogLevel.Error, "Host {HostId} could not be observed in an unforeseen way; its link is ended so that it begins anew")]
    public static partial void ObservingFailed(ILogger logger, HostId hostId, Exception exception);

    /// <summary>A call of observation failed.</summary>
    [LoggerMessage(3202, LogLevel.Debug, "{Call} of host {HostId} failed and is made again: {Cause}")]
    public static partial void CallFailed(ILogger logger, HostId hostId, string call, string cause);

    /// <summary>The store is older than the fleet.</summary>
    [LoggerMessage(3203, LogLevel.Error, "Host {HostId} has obeyed a command of epoch {Epoch} at revision {Seen} that this store, at revision {Known}, never gave: it is a copy of an older day. Nothing is changed until the restore is confirmed (agentctl controller confirm-restore)")]
    public static partial void StoreIsOlder(ILogger logger, HostId hostId, long epoch, long seen, long known);

    /// <summary>The store is older than the fleet as to one cluster.</summary>
    [LoggerMessage(3204, LogLevel.Error, "Host {HostId} has obeyed generation {Seen} of {SubjectId} and the store knows {Known}: its cluster is not changed until the restore is confirmed (agentctl controller confirm-restore)")]
    public static partial void ClusterIsOlder(ILogger logger, HostId hostId, string subjectId, long seen, long known);

    /// <summary>An agent reports what was never commanded.</summary>
    [LoggerMessage(3205, LogLevel.Error, "Host {HostId} says to have obeyed {Count} commands that this controller never gave. They are not believed; its agent's data directory is another controller's, or was tampered with")]
    public static partial void TicketsUnproved(ILogger logger, HostId hostId, int count);
}
