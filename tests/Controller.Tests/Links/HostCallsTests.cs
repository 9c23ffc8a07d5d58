using Agents.Controller.Links;
using Agents.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Controller.Tests.Links;

public sealed class HostCallsTests
{
    [Fact]
    public void TryTake_AsManyAsThereAre_NextWaitsForTimeAndOtherHostsDoNot()
    {
        var clock = new FakeTimeProvider();
        var calls = new HostCalls(new AgentPortLimits { HostCallsMax = 3, HostCallsPerSecond = 0.5 }, clock);

        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => calls.TryTake(A.Host().Id)));
        Assert.True(calls.TryTake(A.Host(2).Id));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => calls.TryTake(A.Host().Id)));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => calls.TryTake(A.Host().Id)));
    }
}
