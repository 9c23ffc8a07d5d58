namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for the end of a cluster.</summary>
internal sealed record DeletePostgresCluster
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or name.</summary>
    public required string Id { get; init; }

    /// <summary>The etag that it must have; not checked when empty.</summary>
    public required string Etag { get; init; }

    /// <summary>Whether the data is removed at once.</summary>
    public required bool Purge { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
