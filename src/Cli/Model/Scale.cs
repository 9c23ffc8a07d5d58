namespace Agents.Cli.Model;

/// <summary>Asks for more replicas of a cluster, or for fewer.</summary>
internal sealed record Scale
{
    /// <summary>"add" or "remove".</summary>
    public string? Action { get; set; }

    /// <summary>How many.</summary>
    public int? NodeCount { get; set; }

    /// <summary>Those that go.</summary>
    public IReadOnlyList<string>? Nodes { get; set; }

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
