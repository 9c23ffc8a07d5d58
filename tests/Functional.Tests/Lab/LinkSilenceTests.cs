using Agents.V1;

namespace Agents.Functional.Tests.Lab;

/// <summary>A link on which nobody says anything.</summary>
[Trait("Category", "Lab")]
public sealed class LinkSilenceTests : LinkLabFixture
{
    [Fact]
    public async Task Link_SilentForThreeMinutes_IsStillUp()
    {
        using var silence = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var seconds = 0; seconds < 180; seconds++)
        {
            await silence.WaitForNextTickAsync();
            if (Session.Closed.IsCancellationRequested)
                Assert.Fail($"ended after {seconds} s:\n{string.Join('\n', Controller.Log.Lines)}\n{await Agent.StopAsync()}");
        }

        var facts = await new HostService.HostServiceClient(Session.Invoker).GetFactsAsync(new GetFactsRequest());

        Assert.Equal("test", facts.Facts.Hostname);
        Assert.True(Controller.Links.TryGet(Session.HostId, out var session));
        Assert.Same(Session, session);
    }
}
