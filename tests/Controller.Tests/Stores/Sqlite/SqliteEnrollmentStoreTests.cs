using System.Text.Json;
using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>What enrolment keeps in the embedded store.</summary>
public sealed class SqliteEnrollmentStoreTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;

    public SqliteEnrollmentStoreTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = _directory.File("state.db") });

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task AddAuthority_Several_NewestFirst()
    {
        await Write(writer =>
        {
            writer.AddAuthority(new StoredAuthority("01", new byte[] { 1 }, new byte[] { 2 }, A.Time.AddDays(1)));
            writer.AddAuthority(new StoredAuthority("02", new byte[] { 3 }, new byte[] { 4 }, A.Time));
        });

        var authorities = await Read(reader => reader.ListAuthorities());

        Assert.Equal(["02", "01"], authorities.Select(authority => authority.Id));
        Assert.Equal([3], authorities[0].Certificate.ToArray());
        Assert.Equal([4], authorities[0].SealedKey.ToArray());
        Assert.Equal(A.Time, authorities[0].CreatedAt);
    }

    [Fact]
    public async Task AddJoinToken_Then_IsFoundListedUsedAndRemoved()
    {
        var token = Token(1);
        await Write(writer =>
        {
            writer.AddJoinToken(token);
            writer.AddJoinToken(Token(2) with { Project = "other" });
            writer.UpdateJoinToken(token with { Uses = 1 });
        });

        Assert.Equal(token with { Uses = 1 }, await Read(reader => reader.FindJoinToken(token.Id)));
        Assert.Equal(token with { Uses = 1 }, await Read(reader => reader.FindJoinTokenBySecret(token.SecretSha256)));
        Assert.Equal(["token-2", "token-1"], (await Read(reader => reader.ListJoinTokens(null))).Select(found => found.Id));
        Assert.Equal(["token-2"], (await Read(reader => reader.ListJoinTokens("other"))).Select(found => found.Id));
        Assert.True(await Write(writer => writer.RemoveJoinToken(token.Id)));
        Assert.False(await Write(writer => writer.RemoveJoinToken(token.Id)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateJoinToken(token)));
    }

    [Fact]
    public async Task AddIdentity_Then_IsFoundByHostAndByRequest()
    {
        var identity = Identity();
        await Write(writer =>
        {
            writer.AddHost(A.Host());
            writer.AddIdentity(identity);
            writer.AddEvent(new NewEvent("host.enrolled", "default", "id", A.Origin, "{}", A.Time));
            Assert.NotNull(writer.FindHost("default", "h1"));
            Assert.NotNull(writer.FindHost(A.Host().Id));
        });
        var revoked = identity with { RevokedAt = A.Time, Serial = "ff", Next = new HostIdentity.NextKey("next", "0b", new byte[] { 8 }, A.Time.AddDays(45)) };

        await Write(writer => writer.UpdateIdentity(revoked));

        AssertSame(revoked, await Read(reader => reader.FindIdentity(A.Host().Id)));
        AssertSame(revoked, await Write(writer => writer.FindIdentity("request", "key")));
        Assert.Null(await Write(writer => writer.FindIdentity("request", "another key")));
        Assert.Single(await _store.ReadAsync(reader => reader.ListEvents(0, 10), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateIdentity(identity with { HostId = A.Host(2).Id })));
    }

    private static void AssertSame(HostIdentity expected, HostIdentity? actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private static HostIdentity Identity() => new()
    {
        HostId = A.Host().Id,
        PublicKeySha256 = "key",
        Serial = "0a",
        Certificate = new byte[] { 7 },
        NotAfter = A.Time.AddDays(30),
        JoinTokenId = "token-1",
        RequestId = "request",
    };

    private static JoinTokenRecord Token(int number) => new()
    {
        Id = $"token-{number}",
        SecretSha256 = $"secret-{number}",
        Project = "default",
        Labels = new LabelSet([new("zone", "a")]),
        MaxUses = 2,
        Uses = 0,
        CreatedAt = A.Time.AddSeconds(number),
        ExpiresAt = A.Time.AddMinutes(15),
        CreatedBy = "admin",
    };

    private Task<T> Read<T>(Func<IEnrollmentReader, T> read) => ((IEnrollmentStore)_store).ReadAsync(read, CancellationToken.None).DefaultTimeout();

    private Task<T> Write<T>(Func<IEnrollmentWriter, T> write) => ((IEnrollmentStore)_store).WriteAsync(write, CancellationToken.None).DefaultTimeout();

    private Task<int> Write(Action<IEnrollmentWriter> write) => Write(writer =>
    {
        write(writer);
        return 0;
    });
}
