namespace Agents.Cli.Model;

/// <summary>A change of a cluster. What is null stays.</summary>
internal sealed record ClusterChange
{
    /// <summary>Labels to set; an empty value removes the label.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>The part of the spec that changes.</summary>
    public ClusterSpec? Spec { get; set; }
}
