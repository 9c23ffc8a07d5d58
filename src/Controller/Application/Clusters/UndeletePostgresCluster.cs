namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for a deleted cluster to come back.</summary>
internal sealed record UndeletePostgresCluster
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id, or the name where only one deleted cluster had it.</summary>
    public required string Id { get; init; }

    /// <summary>The name that it comes back under; its own when empty.</summary>
    public required string Name { get; init; }

    /// <summary>The member name or instance id of the node that was the primary, where nobody else knows; empty otherwise.</summary>
    public required string Primary { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
