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
}
