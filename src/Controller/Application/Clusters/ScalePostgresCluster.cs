using System.Collections.Immutable;

namespace Agents.Controller.Application.Clusters;

/// <summary>Asks for more replicas of a cluster, or for fewer.</summary>
internal sealed record ScalePostgresCluster
{
    /// <summary>Whether it gets or loses some; null where that is not said.</summary>
    public required Direction? Action { get; init; }

    /// <summary>The project; the default one when empty.</summary>
    public required string Project { get; init; }

    /// <summary>The id or the name.</summary>
    public required string Id { get; init; }

    /// <summary>How many; one when it is 0 and none is named.</summary>
    public required int NodeCount { get; init; }

    /// <summary>The member names or instance ids of those that go; chosen when there is none.</summary>
    public required ImmutableArray<string> Nodes { get; init; }

    /// <summary>The request id; empty for none.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why, for the record.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a cluster gets or loses replicas.</summary>
    public enum Direction
    {
        /// <summary>It gets some.</summary>
        Add,

        /// <summary>It loses some.</summary>
        Remove,
    }
}
