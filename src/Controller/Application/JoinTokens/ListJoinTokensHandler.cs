using Agents.Controller.Stores;
using Tokens = Agents.Controller.Enrollment.JoinTokens;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Reads the join tokens, newest first, without their texts.</summary>
internal sealed class ListJoinTokensHandler(Tokens tokens)
{
    /// <summary>The tokens.</summary>
    public Task<IReadOnlyList<JoinTokenRecord>> HandleAsync(string project, Caller caller, CancellationToken cancellationToken) =>
        tokens.ListAsync(caller.FilterOf(project), cancellationToken);
}
