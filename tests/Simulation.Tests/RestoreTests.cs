using Agents.Domain.Model;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>A copy of the store is put back later: it is seen for certain, and nothing of what was made since is touched.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Turn_StoreCopiedAtAnyCommitOfACreate_TouchesNothing()
    {
        var copyCount = 0;
        for (var commit = 1; ; commit++)
        {
            var (simulation, copy, commandsSince) = await CreatedWithCopyAsync(commit);
            if (copy is null)
                break;
            copyCount++;
            await RestoreAsync(simulation, copy);
            var before = await WorldText.OfAsync(simulation);
            simulation.Fleet.Host("h3").IsLinked = false;

            for (var minute = 0; minute < 30; minute++)
            {
                await simulation.TurnAsync();
                simulation.Time.Advance(TimeSpan.FromMinutes(1));
            }

            // Where nothing was commanded since, the store lacks nothing that hosts know of: it goes on.
            Assert.True(simulation.Controller.View.ObserveOnly == commandsSince > 0, $"copied after commit {commit}, {commandsSince} commands before the end: its age was not seen");
            Assert.DoesNotContain(simulation.Fleet.Audit, entry => commandsSince > 0 || entry.Method.StartsWith("Remove", StringComparison.Ordinal));
            Assert.Equal(before.Fleet, (await WorldText.OfAsync(simulation)).Fleet);
        }

        Assert.InRange(copyCount, 20, 200);
    }

    [Fact]
    public async Task Turn_TheCopyHasComeFurtherThanTheStoreThatIsLost_IsSeenAllTheSame()
    {
        var (simulation, copy, _) = await CreatedWithCopyAsync(commit: 4);
        var away = simulation.Fleet.Hosts;
        foreach (var host in away)
            host.IsLinked = false;
        await RestoreAsync(simulation, copy!);
        for (var write = 0; write < 500; write++)
            await simulation.WriteAsync(_ => { });

        foreach (var host in away)
            host.IsLinked = true;
        await simulation.TurnsAsync(10);

        Assert.True(simulation.Controller.View.ObserveOnly);
        Assert.Empty(simulation.Fleet.Audit);
    }

    [Fact]
    public async Task Turn_NothingWasCommandedSinceTheCopy_GoesOn()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await RestoreAsync(simulation, simulation.Store.Copy());

        await simulation.TurnsAsync(10);

        Assert.False(simulation.Controller.View.ObserveOnly);
    }

    [Fact]
    public async Task Turn_ManyControllersOneAfterTheOther_NoneTakesTheStoreForAnOlderOne()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        for (var life = 0; life < 5; life++)
        {
            var (_, container, _) = await simulation.FindAsync("demo-etcd-4");
            container.End();
            await simulation.ReplaceControllerAsync();
            await simulation.TurnsAsync(6);
            Assert.False(simulation.Controller.View.ObserveOnly);
            Assert.True(container.IsRunning);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Confirm_DeletedClusterCameBackSinceTheCopy_NothingOfItGoesAndItCanComeBack(bool isDeletedAgain)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        simulation.Time.Advance(TimeSpan.FromDays(6.9)); // All but the last of its days have passed when the copy is made.
        await simulation.TurnsAsync(3);
        var copy = simulation.Store.Copy();
        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        if (isDeletedAgain)
            await simulation.RequestDeleteAsync(purge: false, number: 3);
        await simulation.RunAsync();
        simulation.Time.Advance(TimeSpan.FromDays(8));
        await RestoreAsync(simulation, copy);
        await simulation.TurnsAsync(5);

        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(3);
        simulation.Time.Advance(TimeSpan.FromDays(0.2));
        await simulation.TurnsAsync(3);
        var left = simulation.Fleet.Hosts.Sum(host => host.Volumes.Keys.Count(volume => volume.EndsWith("-data", StringComparison.Ordinal)));
        var operation = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        Assert.InRange(left, 3, 6);
        var ended = await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);
        Assert.True(ended.State == OperationState.Succeeded, $"{ended.Error}");
        Assert.Equal(ClusterLifecycle.Active, (await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!, CancellationToken.None)).Lifecycle);
        Assert.Equal(["app"], simulation.Fleet.Engine(simulation.Cluster.Ref).Databases.Keys);
    }

    [Fact]
    public async Task Turn_DaysAreOverOfAClusterThatLives_ThePurgeIsTakenBack()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        var copy = simulation.Store.Copy();
        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        await RestoreAsync(simulation, copy);
        await simulation.TurnsAsync(5);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(3);

        simulation.Time.Advance(TimeSpan.FromDays(8));
        await simulation.TurnsAsync(3);

        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        Assert.Equal(["app"], simulation.Fleet.Engine(simulation.Cluster.Ref).Databases.Keys);
    }

    /// <summary>A cluster, and a copy of the store as it was after a commit of its create; null when there were fewer. With the number of commands after the copy.</summary>
    private static async Task<(Simulation Simulation, InMemoryStore? Copy, int CommandsSince)> CreatedWithCopyAsync(int commit)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();
        InMemoryStore? copy = null;
        var commands = 0;
        var first = simulation.Store.CommitCount;
        simulation.Store.KillAt = next =>
        {
            if (next == first + commit + 1)
                (copy, commands) = (simulation.Store.Copy(), simulation.Fleet.Audit.Count);
            return null;
        };
        await simulation.RunAsync();
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
        return (simulation, copy, simulation.Fleet.Audit.Count - commands);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Confirm_ClusterWasStoppedOrStartedSinceTheCopy_StaysAsAgentsWereTold(bool isStopped, bool isCopiedInMidStop)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(5);
        var copy = simulation.Store.Copy();
        await simulation.RequestPowerAsync(InstancePower.Stopped);
        if (isCopiedInMidStop)
            copy = simulation.Store.Copy();
        await simulation.RunAsync();
        if (!isStopped)
        {
            if (!isCopiedInMidStop)
                copy = simulation.Store.Copy();
            await simulation.RequestPowerAsync(InstancePower.Running);
            await simulation.RunAsync();
        }

        await RestoreAsync(simulation, copy);
        await simulation.TurnsAsync(5);
        Assert.True(simulation.Controller.View.ObserveOnly);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(60);

        var cluster = await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!, CancellationToken.None);
        Assert.Equal((isStopped, null), (cluster.IsStopped, cluster.HeldBy));
        Assert.All(simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values), container => Assert.Equal(!isStopped, container.IsRunning));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "StopContainer" && !isStopped);
    }

    private static async Task RestoreAsync(Simulation simulation, InMemoryStore copy)
    {
        simulation.Store = copy;
        await simulation.ReplaceControllerAsync();
        simulation.Fleet.Audit.Clear();
    }
}
