using Agents.Controller.Application;
using Agents.Domain.Model;

namespace Agents.Simulation.Tests;

/// <summary>Data in the trash that a person does not want to wait for.</summary>
public sealed class PurgeTests
{
    [Fact]
    public async Task Purge_DeletedCluster_EmptiesItsTrashAtOnce()
    {
        var simulation = await TrashedAsync();
        var deletedAt = (await ClusterAsync(simulation)).DeletedAt;

        var operation = await simulation.RequestPurgeAsync();
        await simulation.RunAsync();

        var ended = await FindAsync(simulation, operation);
        Assert.Equal((OperationKinds.PostgresClusterDelete, OperationState.Succeeded, "data removed"), (ended.Kind, ended.State, Assert.Single(ended.Steps).Message));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
        var cluster = await ClusterAsync(simulation);
        Assert.Equal((ClusterLifecycle.Deleted, null, null, deletedAt), (cluster.Lifecycle, cluster.Trash, cluster.HeldBy, cluster.DeletedAt));
        Assert.Empty(await simulation.Store.ReadAsync(reader => reader.ListCredentials(cluster.Ref), CancellationToken.None));
        var told = (await simulation.Store.ReadAsync(reader => reader.ListEvents(0, 100), CancellationToken.None)).Select(stored => stored.Event.Kind);
        Assert.Equal(["postgres.cluster.delete.requested", "postgres.cluster.purged", "postgres.cluster.delete.succeeded"], told.TakeLast(3));
    }

    [Fact]
    public async Task Purge_NameOfADeletedCluster_IsRefusedWithItsIdAndTakesNothing()
    {
        var simulation = await TrashedAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestPurgeAsync("demo"));
        await simulation.RunAsync();

        Assert.Contains($"agentctl postgres cluster delete {simulation.Cluster.Id} --purge", Assert.Single(refused.Refusal.Violations).Message, StringComparison.Ordinal);
        Assert.Equal((false, null), ((await ClusterAsync(simulation)).Trash?.IsPurging, (await ClusterAsync(simulation)).HeldBy));
    }

    [Fact]
    public async Task Purge_HostAway_IsPendingAndCarriedOutWhenItReturns()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h3").IsLinked = false;
        await simulation.TurnsAsync(70);

        var operation = await simulation.RequestPurgeAsync();
        await simulation.TurnsAsync(5);
        var pending = await FindAsync(simulation, operation);
        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        simulation.Fleet.Host("h3").IsLinked = true;
        await simulation.RunAsync();

        Assert.Equal((OperationState.SucceededPendingHosts, "data removed; away, to be done when they return: h3"), (pending.State, Assert.Single(pending.Steps).Message));
        Assert.Equal("NOT_IN_TRASH", refused.Refusal.Reason);
        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Purge_ClocksDisagree_IsCarriedOutAllTheSame()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h2").ClockOffset = TimeSpan.FromDays(9);

        await simulation.RequestPurgeAsync();
        await simulation.RunAsync();

        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Purge_UnderWay_HoldsTheClusterAndASecondIsRefused()
    {
        var simulation = await TrashedAsync();
        await simulation.RequestPurgeAsync();

        var undelete = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        var purge = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestPurgeAsync());
        await simulation.RunAsync();
        var gone = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestPurgeAsync());

        Assert.Equal(("OPERATION_IN_PROGRESS", "OPERATION_IN_PROGRESS", "NOT_FOUND"), (undelete.Refusal.Reason, purge.Refusal.Reason, gone.Refusal.Reason));
    }

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
}
