namespace Agents.Cli.Model;

/// <summary>What is observed of a cluster.</summary>
internal sealed record ClusterStatus
{
    /// <summary>"creating", "running", "degraded", "unavailable", "stopping", "stopped", "unknown", "deleting", "undeleting" or "deleted".</summary>
    public string Phase { get; set; } = "unknown";

    /// <summary>The conditions.</summary>
    public IReadOnlyList<Condition> Conditions { get; set; } = [];

    /// <summary>The spec with all defaults.</summary>
    public ClusterSpec Effective { get; set; } = new();

    /// <summary>The nodes.</summary>
    public IReadOnlyList<NodeStatus> Nodes { get; set; } = [];

    /// <summary>Etcd members and proxies.</summary>
    public IReadOnlyList<InstanceStatus> Instances { get; set; } = [];

    /// <summary>Where to connect.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; set; } = [];

    /// <summary>How to connect, without the password.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The version of the templates.</summary>
    public string Revision { get; set; } = "";

    /// <summary>The image set.</summary>
    public string ImageSet { get; set; } = "";

    /// <summary>What is left as it is though it is not as it should be.</summary>
    public IReadOnlyList<HeldBack> Held { get; set; } = [];

    /// <summary>When it was observed.</summary>
    public DateTimeOffset? ObservedAt { get; set; }

    /// <summary>One aspect of a state.</summary>
    internal sealed record Condition
    {
        /// <summary>What it is about.</summary>
        public string Type { get; set; } = "";

        /// <summary>Whether it is a fault when it is true.</summary>
        public bool IsFault => Type is "TwoPrimaries" or "FailoverPaused" or "UnknownMembers";

        /// <summary>"True", "False" or "Unknown".</summary>
        public string Status { get; set; } = "";

        /// <summary>A constant.</summary>
        public string Reason { get; set; } = "";

        /// <summary>A sentence.</summary>
        public string Message { get; set; } = "";
    }

    /// <summary>One PostgreSQL node.</summary>
    internal sealed record NodeStatus
    {
        /// <summary>Its name in the engine.</summary>
        public string Name { get; set; } = "";

        /// <summary>Its host's name.</summary>
        public string Host { get; set; } = "";

        /// <summary>"primary", "replica" or "unknown".</summary>
        public string Role { get; set; } = "unknown";

        /// <summary>The engine's word.</summary>
        public string State { get; set; } = "unknown";

        /// <summary>How far it is behind in bytes; null on the primary or without sight.</summary>
        public long? LagBytes { get; set; }

        /// <summary>How far it is behind in time; null on the primary or without sight.</summary>
        public double? LagSeconds { get; set; }

        /// <summary>Its timeline; 0 without sight.</summary>
        public int Timeline { get; set; }

        /// <summary>Its address and port.</summary>
        public string Address { get; set; } = "";

        /// <summary>Whether a commit waits for it.</summary>
        public string SyncState { get; set; } = "";
    }

    /// <summary>An etcd member or a proxy.</summary>
    internal sealed record InstanceStatus
    {
        /// <summary>"etcd" or "haproxy".</summary>
        public string Kind { get; set; } = "";

        /// <summary>Its name.</summary>
        public string Name { get; set; } = "";

        /// <summary>Its host's name.</summary>
        public string Host { get; set; } = "";

        /// <summary>The state of its container.</summary>
        public string State { get; set; } = "unknown";

        /// <summary>Its address and main port.</summary>
        public string Address { get; set; } = "";
    }

    /// <summary>Where to connect.</summary>
    internal sealed record Endpoint
    {
        /// <summary>The role of what may be written through the proxies.</summary>
        public const string ReadWrite = "read_write";

        /// <summary>The role of what may only be read.</summary>
        public const string ReadOnly = "read_only";

        /// <summary><see cref="ReadWrite"/> or <see cref="ReadOnly"/>.</summary>
        public string Role { get; set; } = "";

        /// <summary>The address.</summary>
        public string Address { get; set; } = "";

        /// <summary>The port.</summary>
        public int Port { get; set; }
    }

    /// <summary>Something that is left as it is though it is not as it should be.</summary>
    internal sealed record HeldBack
    {
        /// <summary>The instance; empty where it is the cluster as a whole.</summary>
        public string Instance { get; set; } = "";

        /// <summary>A constant.</summary>
        public string Reason { get; set; } = "";

        /// <summary>A sentence.</summary>
        public string Message { get; set; } = "";

        /// <summary>Since when it was seen so.</summary>
        public DateTimeOffset? Since { get; set; }
    }
}
