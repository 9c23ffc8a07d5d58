namespace Agents.Cli.Model;

/// <summary>Says that the store was restored on purpose.</summary>
internal sealed record RestoreConfirmation
{
    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
