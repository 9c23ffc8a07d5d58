namespace Agents.Domain.Health;

/// <summary>What a primary says of those that copy from it.</summary>
/// <param name="Replicas">The replicas that are connected.</param>
/// <param name="LostSlots">The slots that it gave up.</param>
public sealed record SenderReport(IReadOnlyList<ReplicationReport> Replicas, IReadOnlyList<string> LostSlots)
{
    /// <summary>Nothing is said.</summary>
    public static SenderReport Nothing { get; } = new([], []);
}
