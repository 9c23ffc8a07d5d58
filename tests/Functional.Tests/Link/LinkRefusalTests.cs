using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Protocol.Link;
using Agents.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>Every refusal is said on both sides: the agent's log has its reason, and so has the controller's.</summary>
[Trait("Category", "Functional")]
public sealed class LinkRefusalTests : LinkFixture
{
    [Fact]
    public async Task Attach_Revoked_IsSaidOnBothSidesAndTheLinkIsCut()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        await ChangeIdentityAsync(session.HostId.ToString(), identity => identity with { RevokedAt = DateTimeOffset.UtcNow });

        Controller.Links.Cut(session.HostId, "revoked");

        await agent.Log.WaitForAsync("refused this agent", ErrorReasons.CertificateRevoked);
        await Controller.Log.WaitForAsync("Attach", "refused", ErrorReasons.CertificateRevoked);
        Assert.True(session.Closed.IsCancellationRequested);
        Assert.False(Controller.Links.TryGet(session.HostId, out _));
    }

    [Fact]
    public async Task Attach_ReplacedKey_IsSaidOnBothSides()
    {
        var identity = await EnrolledAsync();
        await ChangeIdentityAsync(identity.HostId, stored => stored with { PublicKeySha256 = new string('0', 64) });

        var agent = await StartAgentAsync(enrolled: true);

        await agent.Log.WaitForAsync("refused this agent", ErrorReasons.CertificateRevoked);
        await Controller.Log.WaitForAsync("refused", ErrorReasons.CertificateRevoked);
    }

    [Fact]
    public async Task Attach_ExpiredTooLongAgo_IsSaidOnBothSides()
    {
        var identity = await EnrolledAsync();
        Save(await ReissueAsync(identity, DateTimeOffset.UtcNow.AddDays(-121)));

        var agent = await StartAgentAsync(enrolled: true);

        await agent.Log.WaitForAsync("refused this agent", ErrorReasons.CertificateExpired);
        await Controller.Log.WaitForAsync("refused", ErrorReasons.CertificateExpired);
    }

    [Fact]
    public async Task Attach_UnknownHost_IsSaidOnBothSides()
    {
        var identity = await EnrolledAsync();
        Save(await ReissueAsync(identity, DateTimeOffset.UtcNow, Guid.NewGuid().ToString("D")));

        var agent = await StartAgentAsync(enrolled: true);

        await agent.Log.WaitForAsync("refused this agent", ErrorReasons.HostUnknown);
        await Controller.Log.WaitForAsync("refused", ErrorReasons.HostUnknown);
    }

    [Fact]
    public async Task Attach_ForeignAuthority_IsSaidOnBothSides()
    {
        var identity = await EnrolledAsync();
        var forged = Forge(identity);

        Assert.Equal(ErrorReasons.Unauthenticated, await AttachReasonAsync(forged));
        await Controller.Log.WaitForAsync("Attach", "refused", ErrorReasons.Unauthenticated);
    }

    [Fact]
    public async Task Attach_NoCommonVersion_IsSaidOnBothSides()
    {
        var identity = await EnrolledAsync();

        Assert.Equal(ErrorReasons.ProtocolVersion, await AttachReasonAsync(identity, protocol: ProtocolVersion.Maximum + 1));
        await Controller.Log.WaitForAsync("Attach", "refused", ErrorReasons.ProtocolVersion);
    }

    [Fact]
    public async Task Attach_NoProcess_IsInvalid()
    {
        var identity = await EnrolledAsync();

        Assert.Equal(ErrorReasons.InvalidArgument, await AttachReasonAsync(identity, bootId: "", processId: ""));
    }

    [Fact]
    public async Task Attach_SecondAgentOfAHost_IsSaidOnBothSides()
    {
        await StartAgentAsync();
        var session = await Controller.NextSessionAsync();

        var copy = await StartAgentAsync(bootId: "boot-2", enrolled: true);

        await copy.Log.WaitForAsync("refused this agent", ErrorReasons.DuplicateAgent);
        await Controller.Log.WaitForAsync("Attach", "refused", ErrorReasons.DuplicateAgent);
        Assert.False(session.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task Link_GreetingOfAnotherVersion_IsClosedAndTriedAgain()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        agent.Behaviour.ProtocolMin = ProtocolVersion.Maximum + 1;

        Controller.Links.Cut(session.HostId, "test");

        await Controller.Log.WaitForAsync("refused in session", ErrorReasons.ProtocolVersion);
        await agent.Log.WaitForAsync("ended after");
        agent.Behaviour.ProtocolMin = ProtocolVersion.Minimum;
        Assert.NotEqual(session.SessionId, (await Controller.NextSessionAsync(other => other.SessionId != session.SessionId)).SessionId);
    }

    [Fact]
    public async Task Link_UnknownNonce_IsClosedAndLogged()
    {
        var identity = await EnrolledAsync();

        await using var link = await RawLink.OpenAsync(Address, identity, new byte[LinkProtocol.NonceBytes]);

        await link.WaitForEndAsync().DefaultTimeout();
        await Controller.Log.WaitForAsync("its nonce is unknown", identity.HostId);
    }

    [Fact]
    public async Task Link_NonceTwice_SecondIsClosed()
    {
        var identity = await EnrolledAsync();
        var nonce = (await AttachAsync(identity)).Nonce.ToByteArray();
        await using var first = await RawLink.OpenAsync(Address, identity, nonce);

        await using var second = await RawLink.OpenAsync(Address, identity, nonce);

        await second.WaitForEndAsync().DefaultTimeout();
        await Controller.Log.WaitForAsync("its nonce is unknown", identity.HostId);
    }

    [Fact]
    public async Task Link_NonceOfAnotherHost_IsClosed()
    {
        var first = await EnrolledAsync("agent");
        await using var agent = await Functional.Tests.Link.AgentHost.StartAsync(Directory.File("other"), Address, await Controller.NewTokenAsync(), name: "host-2");
        var other = await agent.IdentityAsync();
        var nonce = (await AttachAsync(first)).Nonce.ToByteArray();

        await using var link = await RawLink.OpenAsync(Address, other, nonce);

        await link.WaitForEndAsync().DefaultTimeout();
        await Controller.Log.WaitForAsync("its nonce is unknown", other.HostId);
    }

    [Fact]
    public async Task Link_RevokedBetweenAttachAndLink_IsClosedAndLogged()
    {
        var identity = await EnrolledAsync();
        var nonce = (await AttachAsync(identity)).Nonce.ToByteArray();
        await ChangeIdentityAsync(identity.HostId, stored => stored with { RevokedAt = DateTimeOffset.UtcNow });

        await using var link = await RawLink.OpenAsync(Address, identity, nonce);

        await link.WaitForEndAsync().DefaultTimeout();
        await Controller.Log.WaitForAsync("not let in as a link", ErrorReasons.CertificateRevoked);
    }

    [Fact]
    public async Task Link_EndsBeforeNonce_IsClosedAndLogged()
    {
        var identity = await EnrolledAsync();

        await using (var link = await RawLink.OpenAsync(Address, identity, [1, 2, 3]))
            await link.ShutdownAsync();

        await Controller.Log.WaitForAsync("its nonce");
    }

    [Fact]
    public void HostDisconnected_UnknownHost_IsSaidAtOnce()
    {
        var exception = Assert.Throws<Grpc.Core.RpcException>(() => Controller.Links.Get(new HostId(Guid.NewGuid())));

        Assert.Equal(Grpc.Core.StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal(ErrorReasons.HostDisconnected, RpcErrors.ReasonOf(exception));
    }
}
