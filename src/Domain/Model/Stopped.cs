using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>What is remembered of a cluster that is meant to be stopped: who took the writes is not to be asked any more then.</summary>
public sealed record Stopped
{
    /// <summary>How far each node had come just before it was stopped; empty before that was noted.</summary>
    public required ImmutableArray<Trash.Position> Nodes { get; init; }

    /// <summary>The node that took the writes; null where nobody knows.</summary>
    public InstanceId? Primary => Nodes.FirstOrDefault(node => node.Role == Trash.NodeRole.Primary)?.InstanceId;
}
