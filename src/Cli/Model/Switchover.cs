namespace Agents.Cli.Model;

/// <summary>Asks for the lead of a cluster to be handed over.</summary>
internal sealed record Switchover
{
    /// <summary>The node that is to lead; the engine chooses when not given.</summary>
    public string? To { get; set; }

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
