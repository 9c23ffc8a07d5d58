using Agents.Controller.Stores;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Stores;

/// <summary>The fake keeps the store's contract, and dies where it is told to.</summary>
public sealed class InMemoryStoreTests
{
    [Theory]
    [InlineData(StoreKillPoint.BeforeCommit, 0)]
    [InlineData(StoreKillPoint.AfterCommit, 1)]
    internal async Task WriteAsync_KillPoint_LeavesWhatWasCommitted(StoreKillPoint point, int hostCount)
    {
        var store = new InMemoryStore { KillAt = commit => commit == 1 ? point : null };

        await Assert.ThrowsAsync<SimulatedCrashException>(() => Add(store));
        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.ReadAsync(reader => reader.Identity, CancellationToken.None));
        store.Restart();

        Assert.Equal(hostCount, (await store.ReadAsync(reader => reader.ListHosts(null), CancellationToken.None)).Count);
        Assert.Equal(hostCount, store.CommitCount);
    }

    [Fact]
    public async Task WriteAsync_FailNext_FailsOnceAndStoresNothing()
    {
        var store = new InMemoryStore { FailNext = new StoreUnavailableException("the disk is full", new IOException()) };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Add(store));
        await Add(store);

        Assert.Equal(1, store.CommitCount);
    }

    private static Task<int> Add(InMemoryStore store) => store.WriteAsync(
        writer =>
        {
            writer.AddHost(A.Host());
            return 0;
        },
        CancellationToken.None);
}
