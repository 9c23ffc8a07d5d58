using System.Collections.Immutable;

namespace Agents.Domain.Planning;

/// <summary>What to do next for a cluster, and what is left alone and why.</summary>
/// <param name="Actions">What to do, in order.</param>
/// <param name="Held">What is left alone: a sentence each.</param>
public sealed record Plan(ImmutableArray<PlannedAction> Actions, ImmutableArray<string> Held)
{
    /// <summary>Nothing to do.</summary>
    public static Plan Nothing { get; } = new([], []);

    /// <summary>Nothing may be done.</summary>
    public static Plan Hold(string reason) => new([], [reason]);
}
