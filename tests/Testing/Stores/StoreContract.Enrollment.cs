using Agents.Controller.Stores;
using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>Authorities, the credentials of hosts and join tokens.</summary>
public abstract partial class StoreContract
{
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
        var token = JoinToken(1);
        await Write(writer =>
        {
            writer.AddJoinToken(token);
            writer.AddJoinToken(JoinToken(2) with { Project = "other" });
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
        });
        var revoked = identity with { RevokedAt = A.Time, Serial = "ff", Next = new HostIdentity.NextKey("next", "0b", new byte[] { 8 }, A.Time.AddDays(45)) };

        await Write(writer => writer.UpdateIdentity(revoked));

        AssertSame(revoked, await Read(reader => reader.FindIdentity(A.Host().Id)));
        AssertSame(revoked, await Read(reader => reader.FindIdentity("request", "key")));
        Assert.Null(await Read(reader => reader.FindIdentity("request", "another key")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateIdentity(identity with { HostId = A.Host(2).Id })));
    }

    [Fact]
    public async Task RemoveHost_WithItsCredential_FreesItsName()
    {
        await Write(writer =>
        {
            writer.AddHost(A.Host());
            writer.AddIdentity(Identity());
        });

        await Write(writer => writer.RemoveHost(A.Host().Id));

        Assert.Null(await Read(reader => reader.FindIdentity(A.Host().Id)));
        await Write(writer => writer.AddHost(A.Host(2) with { Name = A.Host().Name }));
    }

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

    private static JoinTokenRecord JoinToken(int number) => new()
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
}
