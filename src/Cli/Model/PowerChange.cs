namespace Agents.Cli.Model;

/// <summary>Asks for a cluster to be stopped, started or restarted.</summary>
internal sealed record PowerChange
{
    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
