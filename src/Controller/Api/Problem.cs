using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Controller.Api;

/// <summary>What a REST client is told of a failure: application/problem+json of RFC 9457 with a constant for programs.</summary>
internal sealed record Problem
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>A constant, as "DELETION_PROTECTED".</summary>
    public required string Reason { get; init; }

    /// <summary>The kind of failure in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence that says what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The fields that are wrong, with their JSON paths.</summary>
    public ImmutableArray<Violation> Violations { get; init; } = [];

    /// <summary>The values that the sentence names.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
