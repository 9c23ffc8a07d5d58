using Agents.Agent.Identity;
using Agents.Testing;
using Agents.V1;
using Grpc.Reflection.V1;

namespace Agents.Functional.Tests.Link;

/// <summary>Controller and agent in one process, with everything between them real: TLS, enrolment, attach, link.</summary>
[Trait("Category", "Functional")]
public sealed class LinkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Link_FirstStart_EnrolsGreetsAndServesUnaryAndDuplex()
    {
        await using var controller = await ControllerHost.StartAsync(_directory.File("controller"));
        await using var agent = await AgentHost.StartAsync(_directory.File("agent"), Address(controller), await controller.NewTokenAsync());

        var session = await controller.NextSessionAsync();
        var facts = await new HostService.HostServiceClient(session.Invoker).GetFactsAsync(new GetFactsRequest());

        Assert.Equal("test", facts.Facts.Hostname);
        Assert.Equal((await agent.IdentityAsync()).HostId, session.HostId.ToString());
        Assert.Equal("boot-1", session.BootId);
        // The record's ticket bears no mark of ours: a generation that was never given out is not believed.
        Assert.Equal(new Agents.Domain.Model.Ticket(41, "term", 12, "", 0), Assert.Single(session.Obeyed));
        Assert.Equal(1, session.UnprovedCount);
        using var duplex = new ServerReflection.ServerReflectionClient(session.Invoker).ServerReflectionInfo();
        for (var i = 0; i < 100; i++)
        {
            await duplex.RequestStream.WriteAsync(new ServerReflectionRequest { Host = $"message {i}" }).DefaultTimeout();
            Assert.True(await duplex.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
            Assert.Equal($"message {i}", duplex.ResponseStream.Current.ValidHost);
        }

        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
    }

    private static ControllerAddress Address(ControllerHost controller) => new("127.0.0.1", controller.Port);
}
