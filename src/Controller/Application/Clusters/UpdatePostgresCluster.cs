using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for a change of a cluster.</summary>
internal sealed record UpdatePostgresCluster
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or name.</summary>
    public required string Id { get; init; }

    /// <summary>The etag that it must have; not checked when empty.</summary>
    public required string Etag { get; init; }

    /// <summary>Labels to set; an empty value removes the label. With <see cref="Replace"/>, all of them.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What is wanted. What it does not say stays; with <see cref="Replace"/> it is no longer said.</summary>
    public required PostgresClusterSpec Spec { get; init; }

    /// <summary>Whether labels and spec are given as a whole.</summary>
    public required bool Replace { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }
}
