namespace Agents.Cli.Model;

/// <summary>What is kept of a deleted cluster.</summary>
internal sealed record Trash
{
    /// <summary>When it is removed.</summary>
    public DateTimeOffset? PurgeAt { get; set; }

    /// <summary>Why there is no data any more; empty while there is.</summary>
    public string Gone { get; set; } = "";

    /// <summary>The volumes of its nodes.</summary>
    public IReadOnlyList<Volume> Volumes { get; set; } = [];

    /// <summary>A node's volume.</summary>
    internal sealed record Volume
    {
        /// <summary>Its host's name.</summary>
        public string Host { get; set; } = "";

        /// <summary>The node.</summary>
        public string Name { get; set; } = "";

        /// <summary>What the node was: "primary", "replica" or "unknown".</summary>
        public string Role { get; set; } = "";

        /// <summary>The timeline that it was on; 0 when it is not known.</summary>
        public int Timeline { get; set; }

        /// <summary>How far it had come; empty when it is not known.</summary>
        public string Lsn { get; set; } = "";

        /// <summary>Why it is still there though its time is over.</summary>
        public string Trouble { get; set; } = "";
    }
}
