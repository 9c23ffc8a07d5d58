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

    /// <summary>When another node is to lead.</summary>
    public FailoverSpec? Failover { get; set; }

    /// <summary>Whether a delete is refused.</summary>
    public bool? DeletionProtection { get; set; }

    /// <summary>The application's database.</summary>
    internal sealed record BootstrapSpec
    {
        /// <summary>The database.</summary>
        public string? Database { get; set; }

        /// <summary>The role that owns it.</summary>
        public string? Owner { get; set; }
    }

    /// <summary>The proxies.</summary>
    internal sealed record ProxiesSpec
    {
        /// <summary>How many.</summary>
        public int? Count { get; set; }
    }

    /// <summary>Where nodes may go.</summary>
    internal sealed record PlacementSpec
    {
        /// <summary>Whether two nodes on one host are refused.</summary>
        public bool? Strict { get; set; }

        /// <summary>Labels that a host must have.</summary>
        public IReadOnlyDictionary<string, string>? HostLabels { get; set; }
    }

    /// <summary>What each node may use.</summary>
    internal sealed record ResourcesSpec
    {
        /// <summary>Memory.</summary>
        public long? MemoryBytes { get; set; }

        /// <summary>Processor limit in thousandths.</summary>
        public long? CpuMilli { get; set; }

        /// <summary>Disk that is expected to be needed.</summary>
        public long? DiskBytes { get; set; }
    }

    /// <summary>When another node is to lead.</summary>
    internal sealed record FailoverSpec
    {
        /// <summary>For how long a primary may give no answer.</summary>
        public double? HangTimeoutSeconds { get; set; }
    }
}
