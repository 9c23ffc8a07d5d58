namespace Agents.Cli.Model;

/// <summary>A PostgreSQL cluster.</summary>
internal sealed record Cluster
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its project.</summary>
    public string Project { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its labels.</summary>
    public SortedDictionary<string, string> Labels { get; set; } = [];

    /// <summary>What is observed.</summary>
    public ClusterStatus Status { get; set; } = new();

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was deleted; null while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What is kept of it; null while it lives.</summary>
    public Trash? Trash { get; set; }
}
