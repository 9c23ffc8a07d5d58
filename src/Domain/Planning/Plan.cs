using System.Collections.Immutable;
using Agents.Domain.Health;

namespace Agents.Domain.Planning;

/// <summary>What to do next for a cluster, and what is left alone and why.</summary>
/// <param name="Actions">What to do, in order.</param>
/// <param name="Held">What is left alone.</param>
/// <param name="Operation">The operation to begin, where one is needed and can be done; null otherwise.</param>
public sealed record Plan(ImmutableArray<PlannedAction> Actions, ImmutableArray<Hold> Held, PlannedOperation? Operation = null)
{
    /// <summary>Nothing to do.</summary>
    public static Plan Nothing { get; } = new([], []);

    /// <summary>Nothing may be done to any of it.</summary>
    public static Plan HoldAll(string reason, string message) => new([], [new Hold("", reason, message)]);
}
