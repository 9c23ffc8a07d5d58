using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>
/// What is remembered of a cluster that is meant to be stopped, or is being started: who took the writes is not to be asked then. It is a note of what was seen, and gives way to whatever is seen
/// later: a note that names the wrong node would cost all that the right one has taken since.
/// </summary>
public sealed record Stopped
{
    /// <summary>How far each node had come just before it was stopped; empty before that was noted.</summary>
    public required ImmutableArray<Trash.Position> Nodes { get; init; }

    /// <summary>Whether it is meant to run again, and nobody has been seen to take writes yet.</summary>
    public bool IsStarting { get; init; }

    /// <summary>Whether nodes may have run since it was noted: where nobody answers it is worth nothing then.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>The node that took the writes; null where nobody knows.</summary>
    public InstanceId? Primary => Nodes.FirstOrDefault(node => node.Role == Trash.NodeRole.Primary)?.InstanceId;
}
