namespace Agents.Cli.Model;

/// <summary>What is asked for. What is null is left to the server.</summary>
internal sealed record ClusterSpec
{
    /// <summary>The engine.</summary>
    public string? Engine { get; set; }

    /// <summary>The major version.</summary>
    public string? PostgresVersion { get; set; }

    /// <summary>The primary and the replicas.</summary>
    public int? NodeCount { get; set; }

    /// <summary>What a committed transaction has survived.</summary>
    public string? Durability { get; set; }

    /// <summary>The application's database.</summary>
    public BootstrapSpec? Bootstrap { get; set; }

    /// <summary>The proxies.</summary>
    public ProxiesSpec? Proxies { get; set; }

    /// <summary>Where nodes may go.</summary>
    public PlacementSpec? Placement { get; set; }

    /// <summary>What each node may use.</summary>
    public ResourcesSpec? Resources { get; set; }

    /// <summary>Whether a delete is refused.</summary>
    public bool? DeletionProtection { get; set; }
}
