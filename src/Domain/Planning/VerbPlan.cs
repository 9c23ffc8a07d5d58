using System.Collections.Immutable;

namespace Agents.Domain.Planning;

/// <summary>What a verb on a cluster would do, by what is seen now.</summary>
/// <param name="Steps">The steps of its operation, in order.</param>
/// <param name="Notes">What that means for this cluster, for people.</param>
public sealed record VerbPlan(ImmutableArray<string> Steps, ImmutableArray<string> Notes);
