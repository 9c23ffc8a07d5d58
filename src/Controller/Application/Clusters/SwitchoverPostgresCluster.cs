using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for the lead of a cluster to be handed over, alone or in a restart of all its nodes.</summary>
internal sealed record SwitchoverPostgresCluster
{
    /// <summary>The kind of the operation.</summary>
    public string Kind { get; init; } = OperationKinds.PostgresClusterSwitchover;

    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or the name.</summary>
    public required string Id { get; init; }

    /// <summary>The member name or instance id of the node that is to lead; the engine chooses when empty.</summary>
    public required string To { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
