using Agents.Controller.Application;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Deleted clusters that come back: with their data and secrets, or not at all and then nothing is lost.</summary>
public sealed class UndeleteTests
{
    [Fact]
    public async Task Undelete_Cluster_ComesBackOverItsDataWithItsPasswords()
    {
        var simulation = await TrashedAsync();
        var before = await SecretsAsync(simulation);
        simulation.Fleet.Audit.Clear();

        var operation = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        var cluster = await ClusterAsync(simulation);
        Assert.Equal((ClusterLifecycle.Active, null, null), (cluster.Lifecycle, cluster.Trash, cluster.DeletedAt));
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        Assert.Equal(["app"], engine.Databases.Keys);
        Assert.Equal(2, engine.Sender().Replicas.Count(replica => replica.State == "streaming"));
        var after = await SecretsAsync(simulation);
        Assert.All(before, secret => Assert.Equal(secret.Value, after[secret.Key]));
        Assert.Equal(["demo-1", "demo-2", "demo-3"], (await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).Select(instance => instance.Member));
        Assert.Empty(await simulation.Store.ReadAsync(reader => reader.ListLeftovers(), CancellationToken.None));
        await simulation.AssertSoundAsync("undelete");
    }

    [Fact]
    public async Task Undelete_FormerPrimaryIsNotTheFirstNode_LeadsAgain()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (host, container, first) = await simulation.FindAsync("demo-1");
        container.End();
        host.Records[first.Id].Want = Domain.Health.InstanceWant.Stopped;
        for (var moment = 0; moment < 22; moment++)
            simulation.Fleet.Tick(); // Its lead runs out, and demo-2 is elected.
        var primary = simulation.Fleet.Engine(simulation.Cluster.Ref).Leader;
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();

        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        Assert.NotEqual(first.Id, primary);
        Assert.Equal(primary, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
    }

    [Fact]
    public async Task Undelete_ReplicasHostIsAway_ComesBackAndBuildsTheRestWhenItReturns()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h3").IsLinked = false;
        await simulation.TurnsAsync(40);

        var operation = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        var ended = await FindAsync(simulation, operation);
        simulation.Fleet.Host("h3").IsLinked = true;
        await simulation.TurnsAsync(20);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Contains("h3 is away", Assert.Single(ended.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, simulation.Fleet.Engine(simulation.Cluster.Ref).Sender().Replicas.Count(replica => replica.State == "streaming"));
        Assert.All((await simulation.InstancesAsync()).Where(instance => instance.Profile.HoldsData), instance => Assert.True(
            instance.Initialised && simulation.Fleet.Hosts.Single(host => host.Host.Id == instance.HostId).Records[instance.Id].Initialised, $"{instance.Member} is known to hold data"));
        await simulation.AssertSoundAsync("a replica's host was away");
    }

    [Fact]
    public async Task Undelete_PrimarysHostIsAway_IsRefusedAndSaysWhy()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h1").IsLinked = false;
        await simulation.TurnsAsync(40);

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);

        Assert.Contains("demo-1 is on a host that is away (h1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ClusterLifecycle.Deleted, (await ClusterAsync(simulation)).Lifecycle);
    }

    [Fact]
    public async Task Undelete_Cancelled_LiesInTheTrashAgainAndComesBackLater()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.IsEtcdHealthyAsync) ? AgentFault.NotSent : null;
        var first = await simulation.RequestUndeleteAsync();
        await simulation.TurnsAsync(10);
        await simulation.WriteAsync(writer => writer.UpdateOperation(writer.FindOperation(first.Id)! with { CancelRequested = true }));
        await simulation.RunAsync();
        var (cancelled, trashed) = (await FindAsync(simulation, first), await ClusterAsync(simulation));
        simulation.Fleet.Fault = _ => null;

        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        Assert.Equal((OperationState.Cancelled, ClusterLifecycle.Deleted), (cancelled.State, trashed.Lifecycle));
        Assert.Equal("demo-1", trashed.Trash?.Primary?.Member);
        Assert.Equal(["app"], simulation.Fleet.Engine(simulation.Cluster.Ref).Databases.Keys);
        await simulation.AssertSoundAsync("cancelled and again");
    }

    [Fact]
    public async Task Undelete_DeleteWaitsForWhatComesBack_TheDeleteEnds()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h3").IsLinked = false;
        await simulation.TurnsAsync(40);
        await LeaveContainerAsync(simulation);

        await simulation.RequestUndeleteAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(2)).State);
    }

    [Fact]
    public async Task Undelete_DeleteHasYetToTakeDownANode_IsRefusedUntilItHas()
    {
        var simulation = await TrashedAsync();
        await LeaveContainerAsync(simulation);

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        await simulation.TurnsAsync(3);
        await simulation.RequestUndeleteAsync();

        Assert.Contains("has yet to take down demo-3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undelete_VolumeOfAReplicaIsGone_GetsANewReplica()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h3").Volumes.Clear();
        await simulation.TurnsAsync(3);

        var operation = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        var ended = await FindAsync(simulation, operation);
        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Contains("volume of demo-3 is gone", Assert.Single(ended.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, simulation.Fleet.Engine(simulation.Cluster.Ref).Sender().Replicas.Count(replica => replica.State == "streaming"));
    }

    [Fact]
    public async Task Undelete_Twice_TheSecondIsRefused()
    {
        var simulation = await TrashedAsync();
        await simulation.RequestUndeleteAsync();

        var during = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        await simulation.RunAsync();
        var after = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);

        Assert.Equal(("OPERATION_IN_PROGRESS", "NOT_IN_TRASH"), (during.Refusal.Reason, after.Refusal.Reason));
    }

    [Fact]
    public async Task Undelete_PurgeHasBegun_IsRefused()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h3").IsLinked = false;
        simulation.Time.Advance(TimeSpan.FromDays(7));
        await simulation.TurnsAsync(3);

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);

        Assert.Equal("NOT_IN_TRASH", refused.Refusal.Reason);
    }

    [Fact]
    public async Task Undelete_NobodyKnowsThePrimary_TellsHowFarEachHadComeAndTakesAPersonsWord()
    {
        var simulation = await UnknownAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        var other = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestUndeleteAsync("demo-9"));
        var operation = await simulation.RequestUndeleteAsync("demo-2");
        await simulation.RunAsync();

        Assert.Contains("demo-1: timeline 1, 0/3000148; demo-2: timeline 1, 0/3000148; demo-3: not known): say it", refused.Message, StringComparison.Ordinal);
        Assert.Equal("primary", Assert.Single(other.Refusal.Violations).Path);
        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.Equal("demo-2", (await simulation.InstancesAsync()).Single(instance => instance.Id == simulation.Fleet.Engine(simulation.Cluster.Ref).Leader).Member);
    }

    [Fact]
    public async Task Undelete_TwoSaidThatTheyLed_AsksAPersonWhichOne()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (_, _, promoted) = await simulation.FindAsync("demo-2");
        simulation.Fleet.Engine(simulation.Cluster.Ref).Pretenders.Add(promoted.Id);
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).Pretenders.Clear();

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        var operation = await simulation.RequestUndeleteAsync("demo-2");
        await simulation.RunAsync();

        Assert.Contains("say it", refused.Message, StringComparison.Ordinal);
        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.Equal(promoted.Id, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
    }

    [Fact]
    public async Task Undelete_ChosenPrimaryIsCancelled_AnotherCanBeChosen()
    {
        var simulation = await UnknownAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.IsEtcdHealthyAsync) ? AgentFault.NotSent : null;
        var first = await simulation.RequestUndeleteAsync("demo-3");
        await simulation.TurnsAsync(10);
        await simulation.WriteAsync(writer => writer.UpdateOperation(writer.FindOperation(first.Id)! with { CancelRequested = true }));
        await simulation.RunAsync();
        simulation.Fleet.Fault = _ => null;

        var second = await simulation.RequestUndeleteAsync((await ClusterAsync(simulation)).Trash!.Members[0].Id.ToString());
        await simulation.RunAsync();

        Assert.Equal((OperationState.Cancelled, OperationState.Succeeded), ((await FindAsync(simulation, first)).State, (await FindAsync(simulation, second)).State));
    }

    [Fact]
    public async Task Undelete_ThePrimaryIsKnownAndItsDataIsThere_TakesNobodysWord()
    {
        var simulation = await TrashedAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestUndeleteAsync("demo-2"));

        Assert.Contains("demo-1 was the primary", Assert.Single(refused.Refusal.Violations).Message, StringComparison.Ordinal);
    }

    /// <summary>In the trash, with nodes of which nobody knows which one led.</summary>
    private static async Task<Simulation> UnknownAsync()
    {
        var simulation = await TrashedAsync();
        await simulation.WriteAsync(writer =>
        {
            var cluster = writer.FindCluster(simulation.Cluster.Id)!;
            var nodes = cluster.Trash!.Nodes.Select(node => node with { Role = Trash.NodeRole.Unknown }).ToList();
            nodes[2] = nodes[2] with { Timeline = 0, WalBytes = 0 };
            writer.UpdateCluster(cluster with { Trash = cluster.Trash with { Nodes = [.. nodes] } }, cluster.Generation);
        });
        return simulation;
    }

    /// <summary>The delete waits for a node's container on the third host.</summary>
    private static Task LeaveContainerAsync(Simulation simulation) => simulation.WriteAsync(writer =>
    {
        var volume = writer.ListLeftovers().Single(leftover => leftover.HostId == simulation.Fleet.Host("h3").Host.Id);
        writer.AddLeftover(volume with { Kind = LeftoverKind.Instance, Name = volume.Name[..^"-data".Length], NotBefore = simulation.Time.GetUtcNow() });
        writer.UpdateOperation(writer.FindOperation(volume.OperationId)! with { State = OperationState.SucceededPendingHosts, EndedAt = null });
    });

    private static async Task<Simulation> TrashedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        return simulation;
    }

    private static Task<Cluster> ClusterAsync(Simulation simulation) => simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!, CancellationToken.None);

    private static Task<Operation> FindAsync(Simulation simulation, Operation operation) => simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);

    private static Task<Dictionary<string, string>> SecretsAsync(Simulation simulation) => simulation.Store.ReadAsync(
        reader => reader.ListCredentials(simulation.Cluster.Ref).ToDictionary(credential => credential.Role, credential => Convert.ToHexString(credential.Sealed.Span)), CancellationToken.None);
}
