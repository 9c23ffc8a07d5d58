using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>A running cluster is kept as it is meant to be, and otherwise left alone.</summary>
public sealed class ReconcileTests
{
    [Fact]
    public async Task Turn_NewControllerOverARunningCluster_ChangesNothing()
    {
        var simulation = await CreatedAsync();

        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(20);

        Assert.Empty(simulation.Fleet.Audit);
        Assert.True(simulation.Controller.View.Cluster(simulation.Cluster.Id)!.IsConverged(3));
    }

    [Fact]
    public async Task Turn_EmptyStoreOverTheSameFleet_RemovesNothing()
    {
        var simulation = await CreatedAsync();
        simulation.Store = new InMemoryStore();
        await simulation.WriteAsync(writer =>
        {
            foreach (var host in simulation.Fleet.Hosts)
                writer.AddHost(host.Host);
        });

        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(20);

        Assert.Empty(simulation.Fleet.Audit);
    }

    [Theory]
    [InlineData("demo-2")]
    [InlineData("demo-etcd-5")]
    [InlineData("demo-proxy-7")]
    public async Task Turn_ContainerRemoved_IsMadeAgainOnItsOwnData(string member)
    {
        var simulation = await CreatedAsync();
        var before = await WorldText.OfAsync(simulation);
        var (host, container, _) = await simulation.FindAsync(member);
        host.Containers.Remove(container.Name);

        await simulation.TurnsAsync(6);

        Assert.Equal(before.Fleet, (await WorldText.OfAsync(simulation)).Fleet);
        Assert.All(simulation.Fleet.Audit, entry => Assert.DoesNotContain("Remove", entry.Method, StringComparison.Ordinal));
        await simulation.AssertSoundAsync(member);
    }

    [Fact]
    public async Task Turn_ProxyStopped_IsStarted()
    {
        var simulation = await CreatedAsync();
        var (_, container, _) = await simulation.FindAsync("demo-proxy-7");
        container.End();

        await simulation.TurnAsync();

        Assert.Equal("StartContainer", Assert.Single(simulation.Fleet.Audit).Method);
        Assert.Equal(ContainerState.Running, container.State);
    }

    [Theory]
    [InlineData("demo-3")]
    [InlineData("demo-etcd-4")]
    public async Task Turn_WhatHoldsDataExited_IsLeftToItsAgent(string member)
    {
        var simulation = await CreatedAsync();
        var (_, container, _) = await simulation.FindAsync(member);
        container.End();

        await simulation.TurnsAsync(4);

        Assert.Empty(simulation.Fleet.Audit);
        Assert.True(container.IsRunning);
    }

    [Fact]
    public async Task Turn_DataVolumeGone_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-3");
        host.Containers.Remove(container.Name);
        host.Volumes.Remove(instance.DataVolume);

        await simulation.TurnsAsync(10);

        Assert.Empty(simulation.Fleet.Audit);
    }

    [Fact]
    public async Task Turn_ObserveOnly_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-3");
        host.Containers.Remove(container.Name);
        await simulation.RequestDeleteAsync(purge: true);
        simulation.Controller.View.Note(new LaterCommand(host.Host.Id, new Ticket(9, "another", 99, "", 0), null));

        await simulation.TurnsAsync(10);

        Assert.Empty(simulation.Fleet.Audit);
        Assert.Equal(OperationState.Pending, (await simulation.OperationAsync(2)).State);
    }

    [Fact]
    public async Task Turn_MuchOfTheFleetIsSilent_NothingIsMadeAnew()
    {
        var simulation = await CreatedAsync(hostCount: 5);
        foreach (var name in new[] { "h2", "h4", "h5" })
            simulation.Fleet.Host(name).IsLinked = false;
        await simulation.TurnsAsync(40);
        var (host, container, _) = await simulation.FindAsync("demo-1");
        host.Containers.Remove(container.Name);

        await simulation.TurnsAsync(10);

        Assert.Empty(simulation.Fleet.Audit);
        Assert.Contains("3 of 5 hosts are silent", Assert.Single(simulation.Controller.Errors), StringComparison.Ordinal);
        simulation.Fleet.Host("h2").IsLinked = true;
        await simulation.TurnsAsync(3);
        Assert.NotEmpty(simulation.Fleet.Audit);
    }

    [Fact]
    public async Task Turn_OneHostOfThreeAway_AProxyIsMadeAgainOnAnother()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Host("h3").IsLinked = false;
        await simulation.TurnsAsync(40);
        var (host, container, _) = await simulation.FindAsync("demo-proxy-7");
        host.Containers.Remove(container.Name);

        await simulation.TurnsAsync(6);

        Assert.True((await simulation.FindAsync("demo-proxy-7")).Container.IsRunning);
    }

    [Fact]
    public async Task Turn_ClusterOfAnUnknownRevision_KeepsNoOtherFromBeingLookedAfter()
    {
        var simulation = await CreatedAsync();
        var strange = A.Cluster(2) with { Name = "aaa", Revision = "patroni-99" };
        await simulation.WriteAsync(writer =>
        {
            writer.AddCluster(strange);
            writer.AddInstances([A.Instance(strange, A.Host(1), ordinal: 100) with { Subnet = "10.210.9.0/28" }]);
        });
        var (_, container, _) = await simulation.FindAsync("demo-etcd-4");
        container.End();
        container.Down = 10;

        await simulation.TurnAsync();

        Assert.True(container.IsRunning);
        Assert.Single(simulation.Controller.Errors);
    }

    [Fact]
    public async Task Turn_ControllerAwayForLong_OperationGoesOn()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.ReplaceControllerAsync(killAt: 60);
        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(4);
        Assert.Equal(3, simulation.Lives);
        simulation.Time.Advance(TimeSpan.FromHours(1));
        await simulation.ReplaceControllerAsync();

        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
    }

    private static async Task<Simulation> CreatedAsync(int hostCount = 3)
    {
        var simulation = await Simulation.StartAsync(hostCount);
        await simulation.CreateAsync();
        simulation.Fleet.Audit.Clear();
        return simulation;
    }
}
