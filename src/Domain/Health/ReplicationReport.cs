namespace Agents.Domain.Health;

/// <summary>A replica as its primary sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">"streaming", "catchup", "startup", "backup" or "stopping".</param>
/// <param name="SyncState">"async", "sync", "quorum" or "potential".</param>
/// <param name="Lag">How long a commit takes to be replayed; null when idle.</param>
/// <param name="LagBytes">Bytes that it has yet to replay.</param>
public sealed record ReplicationReport(string Name, string State, string SyncState, TimeSpan? Lag, long LagBytes);
