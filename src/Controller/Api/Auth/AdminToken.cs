using System.Text.Json.Nodes;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Api.Auth;

/// <summary>
/// The administrator's token: made on first start and left in a file of mode 0600 that agentctl reads; the store has its hash alone. Whoever removes the file gets a new token
/// at the next start, and the old one is worthless from then on. The file is written before the store, so that no token is good that nobody knows.
/// </summary>
internal sealed class AdminToken(IStore store, TimeProvider timeProvider, ILogger<AdminToken> logger)
{
    /// <summary>The principal of the administrator's token.</summary>
    public const string Name = "admin";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes sure that the token in the file is good.</summary>
    public async Task EnsureAsync(string path, CancellationToken cancellationToken)
    {
        var hash = UserTokens.HashOf(ReadOrCreate(path));
        if (await store.WriteAsync(writer => Renew(writer, hash), cancellationToken))
            Log.AdminTokenMade(logger, path);
    }

    private static string ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return Read(path);
        var text = UserTokens.CreateText();
        var part = path + ".part";
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
        return text;
    }

    private static string Read(string path)
    {
        if ((File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new InvalidDataException($"{path} must be readable by its owner alone: chmod 600 {path}");
        var text = File.ReadAllText(path).Trim();
        return UserTokens.IsWellFormed(text) ? text : throw new InvalidDataException($"{path} holds no token: remove it, and the next start makes a new one");
    }

    /// <summary>Makes the token the administrator's, and the one before it worthless. Returns whether anything changed.</summary>
    private bool Renew(IStoreWriter writer, string hash)
    {
        if (writer.FindUserToken(hash) is { RevokedAt: null })
            return false;
        var now = timeProvider.GetUtcNow();
        foreach (var old in writer.ListUserTokens().Where(token => token is { Name: Name, RevokedAt: null }))
            writer.UpdateUserToken(Tell(old with { RevokedAt = now }, "user_token.revoked"));
        if (writer.FindUserToken(hash) is { } revoked)
            writer.UpdateUserToken(Tell(revoked with { RevokedAt = null }, "user_token.created"));
        else
            writer.AddUserToken(Tell(new UserToken { Id = Guid.CreateVersion7(now), Name = Name, SecretSha256 = hash, Role = UserRole.Admin, CreatedAt = now }, "user_token.created"));
        return true;

        UserToken Tell(UserToken token, string kind)
        {
            var payload = new JsonObject { ["name"] = token.Name }.ToJsonString();
            writer.AddEvent(new NewEvent(kind, token.Project ?? "", token.Id.ToString("D"), Origin.System, payload, now));
            return token;
        }
    }
}
