namespace Agents.Cli.Model;

/// <summary>Asks for a deleted cluster to come back.</summary>
internal sealed record Undeletion
{
    /// <summary>The name that it comes back under; its own when not given.</summary>
    public string? Name { get; set; }

    /// <summary>The node that was the primary, where nobody else knows, or that takes its place where its data is lost.</summary>
    public string? Primary { get; set; }

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; set; }
}
