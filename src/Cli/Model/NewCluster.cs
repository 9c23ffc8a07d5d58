namespace Agents.Cli.Model;

/// <summary>Asks for a cluster. What is null is left to the server.</summary>
internal sealed record NewCluster
{
    /// <summary>The project.</summary>
    public string? Project { get; set; }

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>What is asked for.</summary>
    public ClusterSpec Spec { get; set; } = new();

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
