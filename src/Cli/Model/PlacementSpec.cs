namespace Agents.Cli.Model;

/// <summary>Where nodes may go.</summary>
internal sealed record PlacementSpec
{
    /// <summary>Whether two nodes on one host are refused.</summary>
    public bool? Strict { get; set; }

    /// <summary>Labels that a host must have.</summary>
    public IReadOnlyDictionary<string, string>? HostLabels { get; set; }
}
