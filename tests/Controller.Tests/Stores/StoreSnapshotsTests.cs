using Agents.Controller.Stores;
using Agents.Domain.Kinds;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Stores;

/// <summary>The snapshot that all loops share: read once for as long as it is true.</summary>
public sealed class StoreSnapshotsTests
{
    [Fact]
    public async Task ReadAsync_NothingChanged_ReadsTheStoreOnce()
    {
        var store = new CountingStore();
        using var snapshots = new StoreSnapshots(store);

        var first = await snapshots.ReadAsync(CancellationToken.None);
        var second = await snapshots.ReadAsync(CancellationToken.None);

        Assert.Same(first, second);
        Assert.Equal(1, store.ReadCount);
    }

    [Fact]
    public async Task ReadAsync_AfterAWrite_HasItWhole()
    {
        var store = new CountingStore();
        using var snapshots = new StoreSnapshots(store);
        await snapshots.ReadAsync(CancellationToken.None);
        var (cluster, host) = (A.Cluster(), A.Host());
        var instance = A.Instance(cluster, host, InstanceKind.Postgres, 1);
        await store.WriteAsync(
            writer =>
            {
                writer.AddHost(host);
                writer.AddCluster(cluster);
                writer.AddInstances([instance]);
                return true;
            },
            CancellationToken.None);

        var snapshot = await snapshots.ReadAsync(CancellationToken.None);

        Assert.Equal((host.Id, cluster.Id), (Assert.Single(snapshot.Hosts).Id, Assert.Single(snapshot.Clusters).Id));
        Assert.Equal(instance.Id, Assert.Single(snapshot.InstancesOf[cluster.Ref]).Id);
        Assert.Equal(instance.Id, Assert.Single(snapshot.InstancesOn[host.Id]).Id);
        Assert.Equal(store.Revision, snapshot.Revision);
    }

    [Fact]
    public async Task ReadAsync_ManyAtOnce_ReadTheStoreOnce()
    {
        var store = new CountingStore { Hold = new TaskCompletionSource() };
        using var snapshots = new StoreSnapshots(store);

        var reads = Enumerable.Range(0, 10).Select(_ => snapshots.ReadAsync(CancellationToken.None).AsTask()).ToList();
        store.Hold.SetResult();

        Assert.Single((await Task.WhenAll(reads).DefaultTimeout()).Distinct());
        Assert.Equal(1, store.ReadCount);
    }

    [Fact]
    public async Task ReadAsync_AReadFails_TheNextOneTriesAgain()
    {
        var store = new CountingStore { FailNext = new StoreUnavailableException("away", new IOException()) };
        using var snapshots = new StoreSnapshots(store);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await snapshots.ReadAsync(CancellationToken.None));

        Assert.Empty((await snapshots.ReadAsync(CancellationToken.None)).Clusters);
    }

    private sealed class CountingStore : IStore
    {
        private readonly InMemoryStore _inner = new();

        public int ReadCount { get; private set; }

        public TaskCompletionSource? Hold { get; init; }

        public Exception? FailNext { get; set; }

        public long Revision => _inner.Revision;

        public long ResourcesRevision => _inner.ResourcesRevision;

        public async Task<T> ReadAsync<T>(Func<IStoreReader, T> read, CancellationToken cancellationToken)
        {
            ReadCount++;
            if (Hold is not null)
                await Hold.Task;
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }
            return await _inner.ReadAsync(read, cancellationToken);
        }

        public Task<T> WriteAsync<T>(Func<IStoreWriter, T> write, CancellationToken cancellationToken) => _inner.WriteAsync(write, cancellationToken);
    }
}
