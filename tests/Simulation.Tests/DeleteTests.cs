using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Hosts that are away, the trash, and what is carried out later.</summary>
public sealed class DeleteTests
{
    [Fact]
    public async Task Delete_HostAway_IsCarriedOutWhenItReturns()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Host("h2").IsLinked = false;

        await simulation.RequestDeleteAsync(purge: true);
        await simulation.TurnsAsync(10);
        var pending = await simulation.OperationAsync(2);
        var containersAway = simulation.Fleet.Host("h2").Containers.Count;
        simulation.Fleet.Host("h2").IsLinked = true;
        await simulation.RunAsync();

        Assert.Equal((OperationState.SucceededPendingHosts, 3), (pending.State, containersAway));
        Assert.Null(pending.EndedAt);
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(2)).State);
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
        var told = (await simulation.Store.ReadAsync(reader => reader.ListEvents(0, 100), CancellationToken.None)).Select(stored => stored.Event.Kind);
        Assert.Equal(["postgres.cluster.delete.succeeded_pending_hosts", "postgres.cluster.delete.succeeded"], told.TakeLast(2));
        await simulation.AssertSoundAsync("host away");
    }

    [Fact]
    public async Task Delete_IntoTheTrash_KeepsWhatUsersWroteUntilItsTime()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        var kept = simulation.Fleet.Hosts.SelectMany(host => host.Volumes.Values).ToList();
        simulation.Time.Advance(TimeSpan.FromDays(6));
        await simulation.TurnsAsync(3);
        var keptLater = simulation.Fleet.Hosts.Sum(host => host.Volumes.Count);
        simulation.Time.Advance(TimeSpan.FromDays(1));
        await simulation.TurnsAsync(3);

        Assert.Equal((3, 3), (kept.Count, keptLater));
        Assert.All(kept, volume => Assert.True(volume.HasData));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Delete_ForeignContainerInTheNetwork_SaysSoAndEndsWhenItIsGone()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var host = simulation.Fleet.Host("h2");
        var network = Assert.Single(host.Networks.Keys);
        host.Strangers[network] = "somebodys-psql";

        await simulation.RequestDeleteAsync(purge: true);
        await simulation.TurnsAsync(10);
        var pending = await simulation.OperationAsync(2);
        var left = Assert.Single(await simulation.Store.ReadAsync(reader => reader.ListLeftovers(), CancellationToken.None));
        var trouble = simulation.Controller.View.TroubleOf(host.Host.Id, network);
        host.Strangers.Clear();
        await simulation.RunAsync();

        Assert.Equal(OperationState.SucceededPendingHosts, pending.State);
        Assert.Contains($"h2: network {network} is in use by somebodys-psql", pending.Steps[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("away", pending.Steps[^1].Message, StringComparison.Ordinal);
        Assert.Equal(network, left.Name);
        Assert.Contains("somebodys-psql", trouble, StringComparison.Ordinal);
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(2)).State);
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Theory]
    [InlineData(ErrorReasons.Policy, true)]
    [InlineData(ErrorReasons.DataPresent, true)]
    [InlineData(ErrorReasons.VolumeInUse, true)]
    [InlineData(ErrorReasons.Policy, false)]
    public async Task Delete_OneHostRefusesEverything_IsDoneOnAllOthers(string reason, bool purge)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Refusal = call => call.Host.Host.Name == "h2" ? FakeAgentRules.Refused(reason, "not with me") : null;

        await simulation.RequestDeleteAsync(purge);
        await simulation.TurnsAsync(20);
        var pending = await simulation.OperationAsync(2);
        var others = simulation.Fleet.Hosts.Where(host => host.Host.Name != "h2").ToList();
        var left = others.Select(host => (host.Containers.Count, purge ? host.Volumes.Count : 0, host.Networks.Count)).ToList();
        simulation.Fleet.Refusal = _ => null;
        await simulation.RunAsync();

        Assert.Equal(OperationState.SucceededPendingHosts, pending.State);
        Assert.Contains("h2: not with me", pending.Steps[^1].Message, StringComparison.Ordinal);
        Assert.Equal([(0, 0, 0), (0, 0, 0)], left);
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(2)).State);
        Assert.All(simulation.Fleet.Hosts, host => Assert.Empty(host.Containers));
    }

    [Fact]
    public async Task Turn_OneAgentHangs_WhatIsLeftOnAnotherIsGoneWithinOneTurn()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (hanging, other) = (simulation.Fleet.Host("h1"), simulation.Fleet.Host("h2"));
        hanging.IsLinked = other.IsLinked = false;
        await simulation.RequestDeleteAsync(purge: true);
        await simulation.TurnsAsync(10);
        var never = new TaskCompletionSource();
        simulation.Fleet.Hold = (host, _) => host == hanging ? never.Task : null;

        hanging.IsLinked = other.IsLinked = true;
        await simulation.TurnAsync().DefaultTimeout();

        Assert.Equal((0, 0, 0), (other.Containers.Count, other.Volumes.Count, other.Networks.Count));
        Assert.NotEmpty(hanging.Containers);
        simulation.Fleet.Hold = (_, _) => null;
        never.SetResult();
        await simulation.RunAsync();
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Turn_AgentDoesNotAnswer_IsAskedOnceInATurnAndWhyIsSaidOfAll()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var host = simulation.Fleet.Host("h1");
        host.IsLinked = false;
        await simulation.RequestDeleteAsync(purge: true);
        await simulation.TurnsAsync(10);
        var calls = 0;
        simulation.Fleet.Fault = call =>
        {
            if (call.Host != host || !call.IsMutation)
                return null;
            calls++;
            return AgentFault.NotSent;
        };

        host.IsLinked = true;
        await simulation.TurnAsync();

        var left = await simulation.Store.ReadAsync(reader => reader.ListLeftovers(), CancellationToken.None);
        Assert.Equal(1, calls);
        Assert.True(left.Count > 3);
        Assert.All(left, leftover => Assert.NotEmpty(simulation.Controller.View.TroubleOf(host.Host.Id, leftover.Name)));
    }

    [Fact]
    public async Task Delete_IntoTheTrash_StopsThePrimaryLastAndKeepsWhatItComesBackFrom()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var primary = (await simulation.InstancesAsync()).Single(instance => instance.Id == simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        simulation.Fleet.Audit.Clear();

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();

        var nodes = (await TrashAsync(simulation))!.Instances.Where(instance => instance.Profile.IsNode).Select(instance => instance.ContainerName).ToHashSet();
        var stopped = simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer" && nodes.Contains(entry.Name)).Select(entry => entry.Name).Take(3).ToList();
        Assert.Equal((3, primary.ContainerName), (stopped.Count, stopped[^1]));
        var trash = (await TrashAsync(simulation))!;
        Assert.Equal(primary.Id, trash.Primary?.Id);
        Assert.Equal([Trash.NodeRole.Primary, Trash.NodeRole.Replica, Trash.NodeRole.Replica], trash.Nodes.Select(node => node.Role));
        Assert.Equal("0/3000148", trash.PositionOf(primary.Id)?.Lsn);
        Assert.Equal(["agents_replicator", "agents_rewind", "app", "cluster-ca", "statistics"], await CredentialsAsync(simulation));
    }

    [Fact]
    public async Task Delete_TimeInTheTrashIsOver_TakesCredentialsWithTheData()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        simulation.Fleet.Host("h3").IsLinked = false;

        simulation.Time.Advance(TimeSpan.FromDays(7));
        await simulation.TurnsAsync(3);
        var whileSomeIsLeft = (await CredentialsAsync(simulation)).Count;
        simulation.Fleet.Host("h3").IsLinked = true;
        await simulation.TurnsAsync(3);

        Assert.Equal(5, whileSomeIsLeft);
        Assert.Empty(await CredentialsAsync(simulation));
        Assert.Null(await TrashAsync(simulation));
    }

    [Fact]
    public async Task Delete_NobodyLeads_EndsAndGuessesNoPrimary()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        foreach (var host in simulation.Fleet.Hosts)
            host.IsLinked = false;
        simulation.Controller.View.KeepClusters([]);

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.TurnsAsync(10);

        Assert.Equal(OperationState.SucceededPendingHosts, (await simulation.OperationAsync(2)).State);
        Assert.Null((await TrashAsync(simulation))!.Primary);
    }

    [Fact]
    public async Task Delete_OthersWereMadePrimaryOutOfSight_GuessesNoPrimary()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (host, container, first) = await simulation.FindAsync("demo-1");
        simulation.Fleet.Host("h2").IsLinked = simulation.Fleet.Host("h3").IsLinked = false;
        container.End();
        host.Records[first.Id].Want = Domain.Health.InstanceWant.Stopped;

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.TurnsAsync(10);

        Assert.Equal(OperationState.SucceededPendingHosts, (await simulation.OperationAsync(2)).State);
        Assert.Null((await TrashAsync(simulation))!.Primary);
    }

    [Fact]
    public async Task Delete_PrimaryIsOutOfSight_IsWhoTheOthersSay()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Host("h2").IsLinked = simulation.Fleet.Host("h3").IsLinked = false;
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-2")).Instance.Id);

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.TurnsAsync(10);

        Assert.Equal("demo-2", (await TrashAsync(simulation))!.Primary?.Member);
    }

    [Fact]
    public async Task Delete_PrimarysHostIsAway_WhatWasSeenOfItCountsWhenAllOthersFollow()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Host("h1").IsLinked = false;

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.TurnsAsync(10);

        Assert.Equal("demo-1", (await TrashAsync(simulation))!.Primary?.Member);
    }

    [Fact]
    public async Task Delete_EtcdBeforeNodes_Never()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var instances = await simulation.InstancesAsync();
        simulation.Fleet.Audit.Clear();

        await simulation.RequestDeleteAsync(purge: true);
        await simulation.RunAsync();

        var order = simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer").Select(entry => instances.Single(instance => instance.ContainerName == entry.Name).Kind).Distinct();
        Assert.Equal([InstanceKind.Haproxy, InstanceKind.Postgres, InstanceKind.Etcd], order);
    }

    [Fact]
    public async Task Delete_NameAndPorts_AreFreeAgain()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: true);
        await simulation.RunAsync();

        Assert.Empty(await simulation.InstancesAsync());
        Assert.Null(await simulation.Store.ReadAsync(reader => reader.FindCluster("default", "demo"), CancellationToken.None));
    }

    private static Task<Trash?> TrashAsync(Simulation simulation) =>
        simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!.Trash, CancellationToken.None);

    private static Task<IReadOnlyList<string>> CredentialsAsync(Simulation simulation) => simulation.Store.ReadAsync(
        reader => (IReadOnlyList<string>)[.. reader.ListCredentials(simulation.Cluster.Ref).Select(credential => credential.Role)], CancellationToken.None);
}
