using Agents.Controller.Api.Auth;
using Agents.Controller.Stores;
using Agents.Testing;
using Agents.Testing.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Controller.Tests.Api.Auth;

public sealed class AdminTokenTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InMemoryStore _store = new();

    private string TokenPath => _directory.File("admin.token");

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task EnsureAsync_FirstStart_MakesAFileForItsOwnerAndKeepsTheHash()
    {
        await EnsureAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenPath));
        var token = Assert.Single(await TokensAsync());
        Assert.Equal((AdminToken.Name, UserRole.Admin, null), (token.Name, token.Role, token.Project));
        Assert.Equal(UserTokens.HashOf((await File.ReadAllTextAsync(TokenPath)).Trim()), token.SecretSha256);
    }

    [Fact]
    public async Task EnsureAsync_Again_ChangesNothing()
    {
        await EnsureAsync();
        var tokens = await TokensAsync();

        await EnsureAsync();

        Assert.Equal(tokens, await TokensAsync());
    }

    [Fact]
    public async Task EnsureAsync_FileRemoved_MakesANewTokenAndTheOldOneWorthless()
    {
        await EnsureAsync();
        var old = (await TokensAsync())[0].SecretSha256;
        File.Delete(TokenPath);

        await EnsureAsync();

        var tokens = await TokensAsync();
        Assert.Equal(2, tokens.Count);
        Assert.Equal([old], tokens.Where(token => token.RevokedAt is not null).Select(token => token.SecretSha256));
    }

    [Fact]
    public async Task EnsureAsync_OldFileBroughtBack_IsGoodAgain()
    {
        await EnsureAsync();
        var old = await File.ReadAllTextAsync(TokenPath);
        File.Delete(TokenPath);
        await EnsureAsync();

        await File.WriteAllTextAsync(TokenPath, old);
        await EnsureAsync();

        Assert.Equal(UserTokens.HashOf(old.Trim()), Assert.Single(await TokensAsync(), token => token.RevokedAt is null).SecretSha256);
    }

    [Theory]
    [InlineData("not a token", UnixFileMode.UserRead | UnixFileMode.UserWrite, "holds no token")]
    [InlineData("agentsu1.x", UnixFileMode.UserRead | UnixFileMode.GroupRead, "chmod 600")]
    public async Task EnsureAsync_BadFile_SaysWhatToDo(string text, UnixFileMode mode, string words)
    {
        await File.WriteAllTextAsync(TokenPath, text);
        File.SetUnixFileMode(TokenPath, mode);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(EnsureAsync);

        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    private Task EnsureAsync() => new AdminToken(_store, A.Clock(), NullLogger<AdminToken>.Instance).EnsureAsync(TokenPath, CancellationToken.None);

    private Task<IReadOnlyList<UserToken>> TokensAsync() => _store.ReadAsync(reader => reader.ListUserTokens(), CancellationToken.None);
}
