namespace Agents.Cli.Model;

/// <summary>Why instances go where they go.</summary>
internal sealed record Plan
{
    /// <summary>The placements.</summary>
    public IReadOnlyList<PlannedInstance> Instances { get; set; } = [];

    /// <summary>What deserves a look.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>The hosts that were looked at.</summary>
    public IReadOnlyList<HostExplanation> Hosts { get; set; } = [];

    /// <summary>The spec with all defaults.</summary>
    public ClusterSpec Effective { get; set; } = new();

    /// <summary>The version of the templates.</summary>
    public string Revision { get; set; } = "";

    /// <summary>The image set.</summary>
    public string ImageSet { get; set; } = "";

    /// <summary>One planned instance.</summary>
    internal sealed record PlannedInstance
    {
        /// <summary>"postgres", "etcd" or "haproxy".</summary>
        public string Kind { get; set; } = "";

        /// <summary>Its name.</summary>
        public string Name { get; set; } = "";

        /// <summary>The chosen host.</summary>
        public string Host { get; set; } = "";

        /// <summary>Its ports by name.</summary>
        public SortedDictionary<string, int> Ports { get; set; } = [];

        /// <summary>Why this host.</summary>
        public string Reason { get; set; } = "";
    }

    /// <summary>Why a host was taken or passed over.</summary>
    internal sealed record HostExplanation
    {
        /// <summary>The host.</summary>
        public string Host { get; set; } = "";

        /// <summary>Whether it could be taken.</summary>
        public bool Feasible { get; set; }

        /// <summary>Why not.</summary>
        public IReadOnlyList<string> Reasons { get; set; } = [];
    }
}
