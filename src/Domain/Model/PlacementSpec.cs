namespace Agents.Domain.Model;

/// <summary>Where nodes may go.</summary>
public sealed record PlacementSpec
{
    /// <summary>Whether it is refused to place two nodes, or two etcd members, on one host.</summary>
    public bool? Strict { get; init; }

    /// <summary>Labels that a host must have.</summary>
    public LabelSet HostLabels { get; init; } = LabelSet.Empty;
}
