namespace Agents.Domain.Model;

/// <summary>What a user asked for. What is null was not said; <see cref="EffectiveSpec"/> has the defaults filled in.</summary>
public sealed record PostgresClusterSpec
{
    /// <summary>The engine; fixed at create.</summary>
    public Engine? Engine { get; init; }

    /// <summary>The major version, as "17"; fixed at create.</summary>
    public string? PostgresVersion { get; init; }

    /// <summary>The primary and the replicas, 1 to 9.</summary>
    public int? NodeCount { get; init; }

    /// <summary>What a committed transaction has survived.</summary>
    public Durability? Durability { get; init; }

    /// <summary>The application's database; fixed at create.</summary>
    public BootstrapSpec Bootstrap { get; init; } = new();

    /// <summary>The number of HAProxies, 1 to 9.</summary>
    public int? ProxyCount { get; init; }

    /// <summary>Where nodes may go.</summary>
    public PlacementSpec Placement { get; init; } = new();

    /// <summary>What each node may use.</summary>
    public ResourcesSpec Resources { get; init; } = new();

    /// <summary>When another node is to lead.</summary>
    public FailoverSpec Failover { get; init; } = new();

    /// <summary>Whether a delete is refused.</summary>
    public bool? DeletionProtection { get; init; }
}
