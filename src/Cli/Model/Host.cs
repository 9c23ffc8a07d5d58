namespace Agents.Cli.Model;

/// <summary>A host.</summary>
internal sealed record Host
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its project.</summary>
    public string Project { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its labels.</summary>
    public SortedDictionary<string, string> Labels { get; set; } = [];

    /// <summary>Whether nothing new is placed on it.</summary>
    public bool Cordoned { get; set; }

    /// <summary>The state of its link.</summary>
    public string State { get; set; } = "unknown";

    /// <summary>Why it is not ready.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>The facts last reported; null when there are none yet.</summary>
    public HostFacts? Facts { get; set; }

    /// <summary>What deserves a look.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>The agent's version.</summary>
    public string AgentVersion { get; set; } = "";

    /// <summary>When it joined.</summary>
    public DateTimeOffset? EnrolledAt { get; set; }

    /// <summary>When it was last heard.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>When its certificate expires.</summary>
    public DateTimeOffset? CertificateNotAfter { get; set; }

    /// <summary>When its certificate was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>How many instances are placed on it.</summary>
    public int InstanceCount { get; set; }

    /// <summary>The instances on it.</summary>
    public IReadOnlyList<HostObject> Instances { get; set; } = [];

    /// <summary>What is on it and belongs to nothing that the controller knows.</summary>
    public IReadOnlyList<HostObject> Orphans { get; set; } = [];

    /// <summary>What is to be removed from it.</summary>
    public IReadOnlyList<HostObject> Leftovers { get; set; } = [];

    /// <summary>Something on a host: an instance, an orphan, or what is to be removed. Each has what it has.</summary>
    internal sealed record HostObject
    {
        /// <summary>What it is.</summary>
        public string Kind { get; set; } = "";

        /// <summary>Its name.</summary>
        public string Name { get; set; } = "";

        /// <summary>The name of the cluster that it belongs to.</summary>
        public string Resource { get; set; } = "";

        /// <summary>The id of the cluster that it belongs, or belonged, to.</summary>
        public string ResourceId { get; set; } = "";

        /// <summary>The state of an instance's container.</summary>
        public string State { get; set; } = "";

        /// <summary>Whether an orphan may hold what users wrote.</summary>
        public bool HoldsData { get; set; }

        /// <summary>When it is to be removed at the earliest.</summary>
        public DateTimeOffset? NotBefore { get; set; }

        /// <summary>Why it could not be removed yet.</summary>
        public string Trouble { get; set; } = "";
    }
}
