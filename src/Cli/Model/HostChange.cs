namespace Agents.Cli.Model;

/// <summary>A change of a host. What is null stays.</summary>
internal sealed record HostChange
{
    /// <summary>Labels to set; an empty value removes the label.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>Whether nothing new is placed on it.</summary>
    public bool? Cordoned { get; set; }
}
