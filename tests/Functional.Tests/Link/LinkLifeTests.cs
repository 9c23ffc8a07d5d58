using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;

namespace Agents.Functional.Tests.Link;

/// <summary>Calls over links, and links that end and come again.</summary>
[Trait("Category", "Functional")]
public sealed class LinkLifeTests : LinkFixture
{
    [Fact]
    public async Task Link_ControllerRestarted_ComesAgainWithoutEnrolling()
    {
        var agent = await StartAgentAsync();
        var before = await Controller.NextSessionAsync();

        await RestartControllerAsync();
        var after = await Controller.NextSessionAsync();

        Assert.Equal(before.HostId, after.HostId);
        Assert.Equal(before.ProcessId, after.ProcessId);
        Assert.Single(agent.Log.Lines, line => line.Contains("Enrolled as host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_AgentRestarted_ComesAgainWithoutEnrolling()
    {
        var identity = await EnrolledAsync();

        var agent = await StartAgentAsync(enrolled: true);
        var session = await Controller.NextSessionAsync();

        Assert.Equal(identity.HostId, session.HostId.ToString());
        Assert.DoesNotContain(agent.Log.Lines, line => line.Contains("Enrolled as host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_LinkCut_ShowsDownAndUpInOrder()
    {
        await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        using var limit = new CancellationTokenSource(Waiting.Limit);
        await using var changes = Controller.Links.WatchAsync(limit.Token).GetAsyncEnumerator();
        Assert.True(await changes.MoveNextAsync());
        Assert.Same(session, changes.Current.Session);

        Controller.Links.Cut(session.HostId, "test");

        Assert.True(await changes.MoveNextAsync());
        Assert.False(changes.Current.Up);
        Assert.Same(session, changes.Current.Session);
        Assert.True(await changes.MoveNextAsync());
        Assert.True(changes.Current.Up);
        Assert.NotEqual(session.SessionId, changes.Current.Session.SessionId);
    }

    [Fact]
    public async Task Call_LinkCutMeanwhile_SaysHostDisconnected()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        var client = new HostService.HostServiceClient(session.Invoker);
        var call = client.DialTestAsync(new DialTestRequest()).ResponseAsync;
        await agent.Behaviour.SlowCallStarted.Task.DefaultTimeout();

        using var events = client.WatchEvents(new WatchEventsRequest());
        Assert.True(await events.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());

        Controller.Links.Cut(session.HostId, "test");

        var stream = await Assert.ThrowsAsync<RpcException>(() => Stalls.DrainAsync(events.ResponseStream).DefaultTimeout());
        Assert.True(RpcErrors.ReasonOf(stream) == ErrorReasons.HostDisconnected, stream.ToString());
        var cut = await Assert.ThrowsAsync<RpcException>(() => call.DefaultTimeout());
        Assert.True(RpcErrors.ReasonOf(cut) == ErrorReasons.HostDisconnected, cut.ToString());
        var later = await Assert.ThrowsAsync<RpcException>(() => client.GetFactsAsync(new GetFactsRequest()).ResponseAsync);
        Assert.Equal(ErrorReasons.HostDisconnected, RpcErrors.ReasonOf(later));
    }

    [Fact]
    public async Task Call_Cancelled_EndsOnTheAgentToo()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        using var cancellation = new CancellationTokenSource();
        var call = new HostService.HostServiceClient(session.Invoker).DialTestAsync(new DialTestRequest(), cancellationToken: cancellation.Token).ResponseAsync;
        await agent.Behaviour.SlowCallStarted.Task.DefaultTimeout();

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.DefaultTimeout())).StatusCode);
    }

    [Fact]
    public async Task Call_OfAnotherRoleOnTheAgent_IsRefused()
    {
        await StartAgentAsync();
        var session = await Controller.NextSessionAsync();

        var missing = await Assert.ThrowsAsync<RpcException>(async () => await new PatroniService.PatroniServiceClient(session.Invoker).GetClusterAsync(new GetClusterRequest()));
        Assert.Equal((StatusCode.Unimplemented, ErrorReasons.CapabilityMissing), (missing.StatusCode, RpcErrors.ReasonOf(missing)));
        Assert.Contains(Capabilities.Patroni, missing.Status.Detail, StringComparison.Ordinal);
        var unmapped = await Assert.ThrowsAsync<RpcException>(() => new FleetService.FleetServiceClient(session.Invoker).ListHostsAsync(new ListHostsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, unmapped.StatusCode);
    }

    [Fact]
    public async Task Call_WithoutDeadlineOnTheLocalSocket_IsRefused()
    {
        var socket = Directory.File("agent.sock");
        await using var agent = await AgentHost.StartAsync(Directory.File("agent"), Address, await Controller.NewTokenAsync(), socket: socket);
        using var channel = UnixSocketChannel.Create(socket);
        var client = new HostService.HostServiceClient(channel);

        var facts = await client.GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow + Waiting.Limit);
        var exception = await Assert.ThrowsAsync<RpcException>(() => client.GetFactsAsync(new GetFactsRequest()).ResponseAsync);

        Assert.Equal("test", facts.Facts.Hostname);
        Assert.Equal(ErrorReasons.DeadlineMissing, RpcErrors.ReasonOf(exception));
    }

    [Fact]
    public async Task Stream_ReaderStalls_CommandsGoOn()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        var client = new HostService.HostServiceClient(session.Invoker);
        using var stalled = client.WatchEvents(new WatchEventsRequest());
        Assert.True(await stalled.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
        await Stalls.WaitUntilStalledAsync(agent.Behaviour);

        for (var i = 0; i < 200; i++)
            await client.GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow.AddSeconds(5));

        Assert.True(await stalled.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
    }

    [Fact]
    public async Task AgentPort_OtherThanGrpcOrForUsers_IsNotServed()
    {
        var identity = await EnrolledAsync();
        using var channel = Channel(identity);
        var fleet = await Assert.ThrowsAsync<RpcException>(() => new FleetService.FleetServiceClient(channel).ListHostsAsync(new ListHostsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, fleet.StatusCode);

        using var handler = new SocketsHttpHandler { SslOptions = ControllerTls(identity) };
        using var http = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri($"https://127.0.0.1:{Controller.Port}/"))).StatusCode);
    }

    private static System.Net.Security.SslClientAuthenticationOptions ControllerTls(Agent.Identity.AgentIdentity identity) =>
        Agents.Agent.Identity.ControllerTls.For(identity, System.Net.Security.SslApplicationProtocol.Http2, TimeProvider.System);
}
