namespace Agents.Cli.Model;

/// <summary>A join token that was just made.</summary>
internal sealed record CreatedJoinToken
{
    /// <summary>The token.</summary>
    public JoinToken Token { get; set; } = new();

    /// <summary>Its text; empty where the request was a repetition.</summary>
    public string Text { get; set; } = "";

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(CreatedJoinToken);
}
