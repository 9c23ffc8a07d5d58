using Agents.Controller.Stores;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>The answer to the making of a join token. Its text form shows nothing.</summary>
/// <param name="Token">The token.</param>
/// <param name="Text">Its text; empty in the answer to a repeated request, because only a hash is kept.</param>
internal sealed record CreatedJoinToken(JoinTokenRecord Token, string Text)
{
    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(CreatedJoinToken);
}
