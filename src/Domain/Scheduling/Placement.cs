using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>The scheduler's answer, with its reasons.</summary>
public sealed record Placement
{
    /// <summary>The placed instances, each with its reason; empty when there is a problem.</summary>
    public required ImmutableArray<Instance> Instances { get; init; }

    /// <summary>Why nothing can be placed, and what to do; null when all is placed.</summary>
    public string? Problem { get; init; }

    /// <summary>What deserves a look though all is placed.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>All hosts that were looked at, by name.</summary>
    public required ImmutableArray<HostExplanation> Hosts { get; init; }

    /// <summary>Whether all is placed.</summary>
    public bool IsFeasible => Problem is null;
}
