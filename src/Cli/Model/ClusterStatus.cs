namespace Agents.Cli.Model;

/// <summary>What is observed of a cluster.</summary>
internal sealed record ClusterStatus
{
    /// <summary>"creating", "running", "degraded", "unavailable", "unknown" or "deleting".</summary>
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
}
