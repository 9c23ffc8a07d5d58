using System.Collections.Immutable;

namespace Agents.Domain.Scheduling;

/// <summary>Why a host was taken or passed over.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Feasible">Whether it could be taken.</param>
/// <param name="Reasons">Why not: a sentence for each filter that it did not pass.</param>
public sealed record HostExplanation(string Host, bool Feasible, ImmutableArray<string> Reasons);
