namespace Agents.Cli.Model;

/// <summary>Asks for a join token. What is null is left to the server.</summary>
internal sealed record NewJoinToken
{
    /// <summary>The project that hosts join.</summary>
    public string? Project { get; set; }

    /// <summary>Labels that hosts get.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>How many hosts may join with it.</summary>
    public int? MaxUses { get; set; }

    /// <summary>How long it is good.</summary>
    public double? TtlSeconds { get; set; }
}
