using Agents.Controller.Stores;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>Epochs, their terms, and the revision.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task TakeEpoch_Repeated_RisesAboveTheLastAndTheReported()
    {
        var first = await Write(writer => writer.TakeEpoch(atLeast: 0, Guid.NewGuid().ToString()));
        var second = await Write(writer => writer.TakeEpoch(atLeast: 41, Guid.NewGuid().ToString()));
        var third = await Write(writer => writer.TakeEpoch(atLeast: 5, Guid.NewGuid().ToString()));

        Assert.Equal([1, 42, 43], [first, second, third]);
        Assert.Equal(43, await Read(reader => reader.Identity.Epoch));
    }

    [Fact]
    public async Task TakeEpoch_Again_EndsTheTermBefore()
    {
        await Write(writer => writer.TakeEpoch(atLeast: 0, "a"));
        await Write(writer => writer.AddHost(A.Host()));
        await Write(writer => writer.TakeEpoch(atLeast: 7, "b"));

        Assert.Equal([new EpochTerm("a", 1, 1, 2), new EpochTerm("b", 8, 3, null)], await Read(reader => reader.ListEpochTerms()));
    }

    [Fact]
    public async Task AcceptEpochTerm_OfAnotherStore_IsKnownAndOnlyRaised()
    {
        await Write(writer => writer.TakeEpoch(atLeast: 0, "a"));

        await Write(writer => writer.AcceptEpochTerm(new EpochTerm("z", 5, 40, 50)));
        await Write(writer => writer.AcceptEpochTerm(new EpochTerm("z", 5, 40, 45)));
        await Write(writer => writer.AcceptEpochTerm(new EpochTerm("a", 1, 1, 99)));

        Assert.Equal([new EpochTerm("a", 1, 1, null), new EpochTerm("z", 5, 40, 50)], await Read(reader => reader.ListEpochTerms()));
    }

    [Fact]
    public async Task Revision_EveryTransaction_RaisesItOnce()
    {
        var before = Store.Revision;

        await Write(writer => writer.AddHost(A.Host()));
        await Assert.ThrowsAsync<NameTakenException>(() => Write(writer => writer.AddHost(A.Host() with { Id = A.Host(2).Id })));
        await Write(writer => writer.AddHost(A.Host(3)));

        Assert.Equal((before + 2, before + 2), (Store.Revision, await Read(reader => reader.Identity.Revision)));
    }

    [Fact]
    public async Task ResourcesRevision_WhatChangesHostsClustersOrInstances_RaisesItToItsOwn()
    {
        var (host, cluster) = (A.Host(), A.Cluster());
        var instance = A.Instance(cluster, host, InstanceKind.Postgres, 1);
        Action<IStoreWriter>[] changes =
        [
            writer => writer.AddHost(host),
            writer => writer.UpdateHost(host with { Cordoned = true, Generation = 2 }, expectedGeneration: 1),
            writer => writer.AddCluster(cluster),
            writer => writer.UpdateCluster(cluster with { Lifecycle = ClusterLifecycle.Deleting, Generation = 2 }, expectedGeneration: 1),
            writer => writer.AddInstances([instance]),
            writer => writer.UpdateInstance(instance with { Generation = 2 }),
            writer =>
            {
                writer.AddEvent(Event());
                writer.RemoveInstance(instance.Id);
            },
            writer => writer.RemoveHost(host.Id),
        ];

        foreach (var change in changes)
        {
            var before = Store.ResourcesRevision;
            await Write(change);
            Assert.Equal((before + 1, before + 1), (Store.ResourcesRevision, Store.Revision));
        }
    }

    [Fact]
    public async Task ResourcesRevision_WhatChangesOperationsAndEvents_LeavesIt()
    {
        await Write(writer => writer.AddCluster(A.Cluster()));
        var before = Store.ResourcesRevision;

        await Write(writer => writer.AddOperation(A.Operation()));
        await Write(writer => writer.UpdateOperation(A.Operation() with { CancelRequested = true }));
        await Write(writer => writer.AddEvent(Event()));
        await Write(writer => writer.AddIdempotentAnswer(new IdempotentAnswer("admin", "request-1", "hash", "resource", "", A.Time)));

        Assert.Equal((before, before + 4), (Store.ResourcesRevision, Store.Revision));
    }

    private static NewEvent Event() => new("postgres.cluster.created", "default", A.Cluster().Id.ToString(), A.Origin, "{}", A.Time);
}
