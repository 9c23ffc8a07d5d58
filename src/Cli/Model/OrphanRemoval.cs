namespace Agents.Cli.Model;

/// <summary>Asks for the orphans of a host to be removed.</summary>
internal sealed record OrphanRemoval
{
    /// <summary>The volumes whose data may go.</summary>
    public IReadOnlyList<string>? DestroyData { get; set; }

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
