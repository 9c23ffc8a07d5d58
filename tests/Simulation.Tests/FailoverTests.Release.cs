using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <content>When the old primary is started again.</content>
public sealed partial class FailoverTests
{
    [Fact]
    public async Task Turn_TwoSayThatTheyLead_TheOldOneIsNotStartedAtOnce()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        var (next, other) = ((await simulation.FindAsync("demo-2")).Instance.Id, (await simulation.FindAsync("demo-3")).Instance.Id);
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.SetProxyServersAsync) && engine.Leader == next)
                engine.Pretenders.Add(other); // From the moment in which the new one was seen.
            return null;
        };
        container.End();

        await simulation.TurnsAsync(12);
        Assert.NotEqual("", host.Records[instance.Id].FenceId);

        await simulation.TurnsAsync(40);
        Assert.Equal("", host.Records[instance.Id].FenceId);
        Assert.Equal("demo-2", await LeaderAsync(simulation));
    }
}
