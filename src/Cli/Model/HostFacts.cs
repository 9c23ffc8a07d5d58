namespace Agents.Cli.Model;

/// <summary>What a host is.</summary>
internal sealed record HostFacts
{
    /// <summary>The operating system.</summary>
    public string OperatingSystem { get; set; } = "";

    /// <summary>The kernel.</summary>
    public string KernelVersion { get; set; } = "";

    /// <summary>The processor architecture.</summary>
    public string Architecture { get; set; } = "";

    /// <summary>Logical processors.</summary>
    public int Cpus { get; set; }

    /// <summary>Memory.</summary>
    public long MemoryBytes { get; set; }

    /// <summary>Memory available.</summary>
    public long MemoryAvailableBytes { get; set; }

    /// <summary>The Docker Engine.</summary>
    public DockerFacts Docker { get; set; } = new();

    /// <summary>Size of Docker's disk.</summary>
    public long DiskBytes { get; set; }

    /// <summary>Free on Docker's disk.</summary>
    public long DiskFreeBytes { get; set; }

    /// <summary>The address for peers.</summary>
    public string ClusterAddress { get; set; } = "";

    /// <summary>The address for applications.</summary>
    public string ClientAddress { get; set; } = "";

    /// <summary>The first port that may be published.</summary>
    public int PortFirst { get; set; }

    /// <summary>The last port that may be published.</summary>
    public int PortLast { get; set; }

    /// <summary>The range that cluster networks are cut from.</summary>
    public string NetworkPool { get; set; } = "";

    /// <summary>The Docker Engine of a host.</summary>
    internal sealed record DockerFacts
    {
        /// <summary>Whether it answers.</summary>
        public bool Reachable { get; set; }

        /// <summary>Why it does not.</summary>
        public string Error { get; set; } = "";

        /// <summary>Its version.</summary>
        public string Version { get; set; } = "";

        /// <summary>The API version that was settled on.</summary>
        public string ApiVersion { get; set; } = "";

        /// <summary>The storage driver.</summary>
        public string StorageDriver { get; set; } = "";
    }
}
