using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for a new cluster.</summary>
internal sealed record CreatePostgresCluster
{
    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The labels.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>What is asked for.</summary>
    public required PostgresClusterSpec Spec { get; init; }

    /// <summary>Whether only the plan is wanted.</summary>
    public required bool ValidateOnly { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }
}
