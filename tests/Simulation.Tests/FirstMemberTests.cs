using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>In which order the members of etcd begin that found a cluster: each asks the others whether it has been there before, and waits for whoever takes its call and says nothing.</summary>
public sealed class FirstMemberTests
{
    [Fact]
    public async Task Create_EtcdMemberThatTheOthersAskFirst_IsStartedBeforeThem()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Fault = call => call is { Method: nameof(FakeAgent.SetWantAsync), Host.Host.Name: "h1" } ? AgentFault.NotSent : null;

        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(10);

        Assert.Contains(simulation.Fleet.Audit, entry => entry.Method == "CreateContainer");
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "SetWant");

        simulation.Fleet.Fault = _ => null;
        await simulation.RunAsync();

        Assert.Equal(await EtcdAsync(simulation), simulation.Fleet.Audit.Where(entry => entry.Method == "SetWant").Select(entry => entry.Name).Distinct().Take(3));
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
    }

    [Fact]
    public async Task Create_OtherEtcdMembers_AreStartedWhenTheFirstHasAsked()
    {
        var simulation = await Simulation.StartAsync();
        var started = new List<DateTimeOffset>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.SetWantAsync))
                started.Add(simulation.Time.GetUtcNow());
            return null;
        };

        await simulation.CreateAsync();

        // Their ports are mapped while the first one asks, if they are started then, and it waits a second for each.
        Assert.True(started[1] > started[0], "the others are started in the same try");
        Assert.Equal(started[1], started[2]);
    }

    [Fact]
    public async Task Create_EtcdMemberRemovedBeforeItsStart_IsMadeAgain()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();
        while (simulation.Fleet.Audit.All(entry => entry.Method != "SetWant"))
            await simulation.TurnsAsync(1);

        var last = (await EtcdAsync(simulation))[^1];
        var (host, container, _) = await simulation.FindAsync((await simulation.InstancesAsync()).Single(instance => instance.Id.ToString() == last).Member);
        host.Containers.Remove(container.Name);
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
        await simulation.AssertSoundAsync("removed");
    }

    private static async Task<IReadOnlyList<string>> EtcdAsync(Simulation simulation) =>
        [.. (await simulation.InstancesAsync()).Where(instance => instance.Kind == InstanceKind.Etcd).OrderBy(EtcdPeers.UrlOf, StringComparer.Ordinal).Select(instance => instance.Id.ToString())];
}
