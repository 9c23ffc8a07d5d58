using Agents.Controller.Stores;
using Tokens = Agents.Controller.Enrollment.JoinTokens;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Makes a join token worthless.</summary>
internal sealed class DeleteJoinTokenHandler(IStore store, Tokens tokens)
{
    /// <summary>Deletes the token.</summary>
    public Task HandleAsync(string id, Caller caller, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            if (writer.FindJoinToken(id) is not { } token || !caller.MaySee(token.Project))
                throw Refusals.NotFound("join token", id);
            tokens.Delete(writer, token, caller.OriginOf("", ""));
            return true;
        },
        cancellationToken);
}
