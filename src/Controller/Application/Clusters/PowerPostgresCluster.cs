using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for a cluster to be stopped, or started.</summary>
internal sealed record PowerPostgresCluster
{
    /// <summary>What is wanted.</summary>
    public required InstancePower Power { get; init; }

    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or the name.</summary>
    public required string Id { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
