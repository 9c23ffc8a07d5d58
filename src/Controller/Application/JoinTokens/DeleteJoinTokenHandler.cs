using Agents.Controller.Stores;
using Tokens = Agents.Controller.Enrollment.JoinTokens;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Makes a join token worthless.</summary>
internal sealed class DeleteJoinTokenHandler(IStore store, Tokens tokens, TimeProvider timeProvider)
{
    /// <summary>Deletes the token.</summary>
    public async Task HandleAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var token = await tokens.FindAsync(id, cancellationToken);
        if (token is null || !caller.MaySee(token.Project) || !await tokens.DeleteAsync(id, cancellationToken))
            throw Refusals.NotFound("join token", id);
        await store.WriteAsync(
            writer =>
            {
                writer.AddEvent(new NewEvent("join_token.deleted", token.Project, id, caller.OriginOf("", ""), "{}", timeProvider.GetUtcNow()));
                return true;
            },
            cancellationToken);
    }
}
