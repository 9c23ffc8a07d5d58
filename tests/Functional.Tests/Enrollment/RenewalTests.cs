using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Agent.Identity;
using Agents.Controller.Links;
using Agents.Functional.Tests.Link;
using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Functional.Tests.Enrollment;

/// <summary>A certificate's end is no host's: renewal with a new key, and the way back after a long absence.</summary>
[Trait("Category", "Functional")]
public sealed class RenewalTests : LinkFixture
{
    [Fact]
    public async Task Renew_NewKey_BothAreGoodUntilTheNewOneHasAttached()
    {
        var old = await EnrolledAsync();
        var renewed = await RenewAsync(old);

        await AttachAsync(old);
        await AttachAsync(renewed);

        Assert.Equal(ErrorReasons.CertificateRevoked, await AttachReasonAsync(old));
        await AttachAsync(renewed);
    }

    [Fact]
    public async Task Renew_Repeated_GivesACertificateAgainAndTheLastKeyCounts()
    {
        var old = await EnrolledAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var lost = await RenewAsync(old, key);

        var again = await RenewAsync(old, key);
        await AttachAsync(again);

        Assert.Equal(lost.Certificate.PublicKey.ExportSubjectPublicKeyInfo(), again.Certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(ErrorReasons.CertificateRevoked, await RenewReasonAsync(old));
    }

    [Fact]
    public async Task Renew_KeyInUseOrNoKey_IsInvalid()
    {
        var identity = await EnrolledAsync();
        using var key = identity.Certificate.GetECDsaPrivateKey()!;

        Assert.Equal(ErrorReasons.InvalidArgument, await RenewReasonAsync(identity, key));
        using var channel = Channel(identity);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await new EnrollmentService.EnrollmentServiceClient(channel).RenewAsync(
            new RenewRequest { CertificateRequest = ByteString.CopyFromUtf8("nonsense") }, deadline: DateTime.UtcNow + Waiting.Limit));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
    }

    [Fact]
    public async Task Renew_RevokedOrExpired_IsRefused()
    {
        var identity = await EnrolledAsync();
        var expired = await ReissueAsync(identity, DateTimeOffset.UtcNow.AddDays(-31));
        Assert.Equal(ErrorReasons.CertificateExpired, await RenewReasonAsync(expired));

        await ChangeIdentityAsync(identity.HostId, stored => stored with { RevokedAt = DateTimeOffset.UtcNow });

        Assert.Equal(ErrorReasons.CertificateRevoked, await RenewReasonAsync(identity));
        Assert.Equal(ErrorReasons.CertificateRevoked, await ReattachReasonAsync(expired));
    }

    [Fact]
    public async Task Reattach_ExpiredOfAKnownKey_IsGoodFor90Days()
    {
        var identity = await EnrolledAsync();

        Assert.Equal("", await ReattachReasonAsync(await ReissueAsync(identity, DateTimeOffset.UtcNow.AddDays(-119))));
        Assert.Equal(ErrorReasons.CertificateExpired, await ReattachReasonAsync(await ReissueAsync(identity, DateTimeOffset.UtcNow.AddDays(-121))));
        Assert.Equal(ErrorReasons.Unauthenticated, await ReattachReasonAsync(Forge(identity)));
    }

    [Fact]
    public async Task Agents_WithCertificatesOfOneMinute_RenewAHundredTimesUnderLoadAndNoneLate()
    {
        const int Agents = 10;
        const int Renewals = 100;
        var clock = new ShiftedTimeProvider(TimeSpan.Zero, speed: 15);
        await using var controller = await ControllerHost.StartAsync(Directory.File("short"), timeProvider: clock, certificateLife: TimeSpan.FromMinutes(1));
        var agents = new List<AgentHost>();
        for (var number = 0; number < Agents; number++)
            agents.Add(await AgentHost.StartAsync(Directory.File($"short-{number}"), new ControllerAddress("127.0.0.1", controller.Port), await controller.NewTokenAsync(), name: $"host-{number}", timeProvider: clock));
        var sessions = new HashSet<LinkSession>();
        while (sessions.Count < Agents)
            sessions.Add(await controller.NextSessionAsync(session => !sessions.Contains(session)));

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var load = sessions.Select(session => CallAsync(session, enough.Token)).ToList();
        while (Superseded(controller) < Renewals && !enough.IsCancellationRequested)
            await Task.Delay(100);
        var renewals = Superseded(controller);
        await enough.CancelAsync();

        Assert.True(renewals >= Renewals, $"{renewals} renewals");
        Assert.True((await Task.WhenAll(load).DefaultTimeout()).Sum() > Renewals);
        Assert.All(sessions, session => Assert.False(session.Closed.IsCancellationRequested));
        Assert.DoesNotContain(controller.Log.Lines, line => line.Contains(ErrorReasons.CertificateExpired, StringComparison.Ordinal) || line.Contains("refused", StringComparison.Ordinal));
        Assert.All(agents, agent => Assert.DoesNotContain(agent.Log.Lines, line => line.Contains("could not be renewed", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(0, Agents), number => Assert.InRange( // The one in use, and the next where it was just being asked for.
            System.IO.Directory.GetFiles(Path.Combine(Directory.File($"short-{number}"), "identity"), "host*.key").Length, 1, 2));
        foreach (var agent in agents)
            await agent.DisposeAsync();
    }

    [Fact]
    public async Task Fleet_OffFor31Days_IsAFleetAgain()
    {
        var names = new[] { "host-1", "host-2", "host-3" };
        var hosts = new List<string>();
        foreach (var name in names)
        {
            await using var agent = await AgentHost.StartAsync(Directory.File(name), Address, await Controller.NewTokenAsync(), name: name);
            hosts.Add((await Controller.NextSessionAsync(session => !hosts.Contains(session.HostId.ToString()))).HostId.ToString());
        }

        var later = new ShiftedTimeProvider(TimeSpan.FromDays(31));
        await RestartControllerAsync(later);
        var agents = new List<AgentHost>();
        foreach (var name in names)
            agents.Add(await AgentHost.StartAsync(Directory.File(name), Address, joinToken: null, name: name, timeProvider: later));

        foreach (var host in hosts)
            Assert.NotNull(await Controller.NextSessionAsync(session => session.HostId.ToString() == host));
        Assert.All(agents, agent => Assert.Contains(agent.Log.Lines, line => line.Contains("The certificate was renewed", StringComparison.Ordinal)));
        foreach (var agent in agents)
            await agent.DisposeAsync();
    }

    [Fact]
    public async Task Authority_NewOne_IsTrustedByHostsBeforeItSigns()
    {
        var identity = await EnrolledAsync();
        var before = Controller.Authority.Certificate;
        await Controller.AddAuthorityAsync();

        await RestartControllerAsync(TimeProvider.System);
        Assert.Equal(before, Controller.Authority.Certificate);
        await using (var agent = await AgentHost.StartAsync(Directory.File("agent"), Address, joinToken: null))
            await Controller.NextSessionAsync();
        Assert.Equal(2, new IdentityDirectory(Path.Combine(Directory.File("agent"), "identity")).Load()!.Trusted.Count);

        var later = new ShiftedTimeProvider(TimeSpan.FromDays(31));
        await RestartControllerAsync(later);
        Assert.NotEqual(before, Controller.Authority.Certificate);
        await using var returned = await AgentHost.StartAsync(Directory.File("agent"), Address, joinToken: null, timeProvider: later);
        Assert.Equal(identity.HostId, (await Controller.NextSessionAsync()).HostId.ToString());
    }

    private static int Superseded(ControllerHost controller) => controller.Log.Lines.Count(line => line.Contains("has attached with its new key", StringComparison.Ordinal));

    private static async Task<int> CallAsync(LinkSession session, CancellationToken cancellationToken)
    {
        var client = new HostService.HostServiceClient(session.Invoker);
        for (var calls = 0; ; calls++)
        {
            if (cancellationToken.IsCancellationRequested)
                return calls;
            await client.GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow + TimeSpan.FromHours(1), cancellationToken: CancellationToken.None);
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task<AgentIdentity> RenewAsync(AgentIdentity identity, ECDsa? key = null)
    {
        using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var channel = Channel(identity);
        var response = await new EnrollmentService.EnrollmentServiceClient(channel).RenewAsync(
            new RenewRequest { CertificateRequest = RequestOf(key ?? created) }, deadline: DateTime.UtcNow + Waiting.Limit);
        using var certificate = X509Certificate2.CreateFromPem(response.CertificatePem);
        return identity with { Certificate = certificate.CopyWithPrivateKey(key ?? created) };
    }

    private async Task<string> RenewReasonAsync(AgentIdentity identity, ECDsa? key = null) =>
        RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => RenewAsync(identity, key)));

    private async Task<string> ReattachReasonAsync(AgentIdentity identity)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var channel = Channel(identity);
        try
        {
            await new EnrollmentService.EnrollmentServiceClient(channel).ReattachAsync(
                new ReattachRequest { CertificateRequest = RequestOf(key) }, deadline: DateTime.UtcNow + Waiting.Limit);
            return "";
        }
        catch (RpcException exception)
        {
            return RpcErrors.ReasonOf(exception);
        }
    }

    private static ByteString RequestOf(ECDsa key) => ByteString.CopyFrom(new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest());
}
