namespace Agents.Cli.Model;

/// <summary>The join tokens.</summary>
internal sealed record JoinTokenList
{
    /// <summary>The tokens.</summary>
    public IReadOnlyList<JoinToken> Tokens { get; set; } = [];
}
