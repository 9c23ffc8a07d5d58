using Agents.V1;

namespace Agents.Functional.Tests.Lab;

/// <summary>A link on which nobody says anything.</summary>
[Trait("Category", "Lab")]
public sealed class LinkSilenceTests : LinkLabFixture
{
    [Fact]
    public async Task Link_SilentForThreeMinutes_IsStillUp()
    {
        await Task.Delay(TimeSpan.FromMinutes(3), Session.Closed);

        var facts = await new HostService.HostServiceClient(Session.Invoker).GetFactsAsync(new GetFactsRequest());

        Assert.Equal("test", facts.Facts.Hostname);
        Assert.True(Controller.Links.TryGet(Session.HostId, out var session));
        Assert.Same(Session, session);
    }
}
