using System.Diagnostics;
using Agents.Controller.Links;
using Agents.Functional.Tests.Lab;
using Agents.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>Links on which nothing comes.</summary>
[Trait("Category", "Functional")]
public sealed class LinkPulseTests : LinkFixture
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(12); // 5 and 3 by what is said, and a machine that is busy.

    [Fact]
    public async Task Link_NothingComesThrough_IsCut()
    {
        await using var relay = new SilentRelay(Controller.Port);
        await using var agent = await AgentHost.StartAsync(Directory.File("agent"), relay.Address, await Controller.NewTokenAsync());
        var session = await Controller.NextSessionAsync();
        var since = Stopwatch.GetTimestamp();

        relay.FallSilent();
        await Links.WaitUntilDownAsync(session);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, Noticed);
        await Controller.Log.WaitForAsync("nothing comes from its agent", session.SessionId.ToString());
    }

    [Fact]
    public async Task Look_ManyInARow_AgentThatAnswersKeepsItsLink()
    {
        await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        var pulse = new LinkPulse(Controller.Links, TimeProvider.System);

        for (var i = 0; i < 100; i++)
            pulse.Look(); // No time passes: it is asked long before it would say something by itself.
        await Controller.Links.RequireSignOfLifeAsync(session).DefaultTimeout();

        Assert.False(session.Closed.IsCancellationRequested);
    }
}
