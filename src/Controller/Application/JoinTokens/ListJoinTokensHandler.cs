using Agents.Controller.Stores;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Reads the join tokens, newest first, without their texts.</summary>
internal sealed class ListJoinTokensHandler(IStore store)
{
    /// <summary>The tokens.</summary>
    public Task<IReadOnlyList<JoinTokenRecord>> HandleAsync(string project, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => reader.ListJoinTokens(caller.FilterOf(project)), cancellationToken);
}
