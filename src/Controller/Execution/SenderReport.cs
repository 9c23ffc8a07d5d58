namespace Agents.Controller.Execution;

/// <summary>What a primary says of those that copy from it.</summary>
/// <param name="Replicas">The replicas that are connected.</param>
/// <param name="LostSlots">The slots that it gave up.</param>
internal sealed record SenderReport(IReadOnlyList<ReplicationReport> Replicas, IReadOnlyList<string> LostSlots);
