namespace Agents.Cli.Model;

/// <summary>A join token without its text.</summary>
internal sealed record JoinToken
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The project that hosts join.</summary>
    public string Project { get; set; } = "";

    /// <summary>Labels that hosts get.</summary>
    public SortedDictionary<string, string> Labels { get; set; } = [];

    /// <summary>How many hosts may join with it.</summary>
    public int MaxUses { get; set; }

    /// <summary>How many have.</summary>
    public int Uses { get; set; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; set; } = "";
}
