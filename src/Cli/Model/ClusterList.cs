namespace Agents.Cli.Model;

/// <summary>The clusters.</summary>
internal sealed record ClusterList
{
    /// <summary>The clusters, by name.</summary>
    public IReadOnlyList<Cluster> Clusters { get; set; } = [];
}
