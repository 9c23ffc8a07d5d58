using Agents.Controller.Application;
using Agents.Controller.Stores;

namespace Agents.Controller.Api.Auth;

/// <summary>
/// Decides who calls and whether they may: by the bearer token, whose hash is looked up with every call, so that a revoked token is worthless at once. The look-up is by a
/// hash of 256 random bits: its timing tells nothing about the token.
/// </summary>
internal sealed class Gate(IStore store, TimeProvider timeProvider, ILogger<Gate> logger)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller. Refused without a good token, and when its role is lower than needed.</summary>
    public async Task<Caller> AdmitAsync(string? authorization, UserRole needed, string method, string sourceAddress, CancellationToken cancellationToken)
    {
        try
        {
            var token = await FindAsync(authorization, cancellationToken);
            return token.Role >= needed ? new Caller(token.Name, token.Role, token.Project, sourceAddress) : throw Refusals.RoleTooLow(token.Role, needed);
        }
        catch (RefusedException exception)
        {
            Log.Refused(logger, method, sourceAddress, exception.Refusal.Reason);
            throw;
        }
    }

    private async Task<UserToken> FindAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            throw Refusals.Unauthenticated("send a token: Authorization: Bearer TOKEN (the administrator's is in the file admin.token of the controller's data directory)");
        var text = authorization[Scheme.Length..].Trim();
        var token = UserTokens.IsWellFormed(text) ? await store.ReadAsync(reader => reader.FindUserToken(UserTokens.HashOf(text)), cancellationToken) : null;
        return token?.IsGoodAt(timeProvider.GetUtcNow()) == true ? token : throw Refusals.Unauthenticated("the token is not known, has expired or was revoked");
    }
}
