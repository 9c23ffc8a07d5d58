using Agents.Testing;
using Agents.V1;
using Grpc.Reflection.V1;

namespace Agents.Functional.Tests.Lab;

/// <summary>Calls between two network namespaces, and an agent that dies.</summary>
[Trait("Category", "Lab")]
public sealed class LinkLabTests : LinkLabFixture
{
    [Fact]
    public async Task Link_BetweenNamespaces_ServesUnaryAndDuplex()
    {
        var facts = await new HostService.HostServiceClient(Session.Invoker).GetFactsAsync(new GetFactsRequest());

        Assert.Equal("test", facts.Facts.Hostname);
        using var duplex = new ServerReflection.ServerReflectionClient(Session.Invoker).ServerReflectionInfo();
        await duplex.RequestStream.WriteAsync(new ServerReflectionRequest { Host = "ping" }).DefaultTimeout();
        Assert.True(await duplex.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
        Assert.Equal("ping", duplex.ResponseStream.Current.ValidHost);
    }

    [Fact]
    public async Task Stream_ReaderStalls_CommandsGoOn()
    {
        var client = new HostService.HostServiceClient(Session.Invoker);
        using var stalled = client.WatchEvents(new WatchEventsRequest());
        Assert.True(await stalled.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());

        for (var i = 0; i < 500; i++)
            await client.GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow.AddSeconds(5));

        Assert.True(await stalled.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
    }

    [Fact]
    public async Task Agent_KilledAndStartedAgain_LinksWithoutEnrolling()
    {
        await Agent.KillAsync();
        await Links.WaitUntilDownAsync(Session);
        await Agent.DisposeAsync();

        StartAgent("boot-1", joinToken: "");
        var session = await Controller.NextSessionAsync();

        Assert.Equal(Session.HostId, session.HostId);
        Assert.NotEqual(Session.ProcessId, session.ProcessId);
        Assert.DoesNotContain("Enrolled as host", await Agent.StopAsync(), StringComparison.Ordinal);
    }
}
