using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Testing;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>What only the embedded store does.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_Again_KeepsIdentityAndContent()
    {
        string storeId;
        await using (var store = Open())
        {
            storeId = await store.ReadAsync(reader => reader.Identity.StoreId, CancellationToken.None);
            await AddHost(store);
        }

        await using var again = Open();

        Assert.Equal(storeId, await again.ReadAsync(reader => reader.Identity.StoreId, CancellationToken.None));
        Assert.Single(await again.ReadAsync(reader => reader.ListHosts(null), CancellationToken.None));
    }

    [Fact]
    public async Task Open_NewFile_IsForItsOwnerAlone()
    {
        await using var store = Open();
        await AddHost(store);

        foreach (var file in Directory.GetFiles(_directory.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task ReadAndWrite_ManyAtOnce_NeverFindTheFileBusy()
    {
        await using var store = Open();
        await AddHost(store);

        var writes = Enumerable.Range(0, 200).Select(_ => store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None));
        var reads = Enumerable.Range(0, 400).Select(_ => store.ReadAsync(reader => reader.ListHosts(null).Count, CancellationToken.None));
        var epochs = Task.WhenAll(writes.ToList());
        var counts = Task.WhenAll(reads.ToList());

        Assert.Equal(Enumerable.Range(1, 200).Select(epoch => (long)epoch), await epochs.DefaultTimeout());
        Assert.All(await counts.DefaultTimeout(), count => Assert.Equal(1, count));
        Assert.Equal(0, store.BusyCount);
    }

    [Fact]
    public async Task WriteAsync_AnotherProcessHoldsTheFile_IsUnavailableAndCounted()
    {
        await using var store = Open();
        var connections = new SqliteConnections(_directory.File("state.db"));
        using var other = connections.OpenWriter();
        other.Execute("BEGIN IMMEDIATE");

        // The driver waits for 30 s of its own: the other side lets go as soon as the wait was seen.
        var write = store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None);
        while (store.BusyCount == 0)
            await Task.Yield();
        other.Execute("COMMIT");

        Assert.Equal(1, await write.DefaultTimeout());
    }

    [Fact]
    public async Task ReadAsync_OneState_DoesNotSeeALaterWrite()
    {
        await using var store = Open();
        using var written = new ManualResetEventSlim();
        var read = store.ReadAsync(
            reader =>
            {
                var before = reader.Identity.Epoch;
                Assert.True(written.Wait(Waiting.Limit));
                return (before, after: reader.Identity.Epoch);
            },
            CancellationToken.None);

        await store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None).DefaultTimeout();
        written.Set();

        var (before, after) = await read.DefaultTimeout();
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task ReadAsync_WorkThrows_TheConnectionIsUsedAgain()
    {
        await using var store = Open();

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => store.ReadAsync<int>(_ => throw new TimeZoneNotFoundException(), CancellationToken.None));

        Assert.Equal(0, await store.ReadAsync(reader => reader.Identity.Epoch, CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_BrokenConstraint_IsABugAndNothingIsStored()
    {
        await using var store = Open();

        await Assert.ThrowsAsync<SqliteException>(() => store.WriteAsync(
            writer =>
            {
                writer.TakeEpoch(0, Guid.NewGuid().ToString());
                writer.AddInstances([A.Instance(A.Cluster(), A.Host())]);
                return 0;
            },
            CancellationToken.None));

        Assert.Equal(0, await store.ReadAsync(reader => reader.Identity.Epoch, CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_Closed_IsUnavailable()
    {
        var store = Open();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_GivenUpWhileWaiting_IsDroppedAndLaterOnesGoOn()
    {
        await using var store = Open();
        using var source = new CancellationTokenSource();
        using var goOn = new ManualResetEventSlim();
        var first = store.WriteAsync(_ => goOn.Wait(Waiting.Limit), CancellationToken.None);
        var givenUp = store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), source.Token);
        await source.CancelAsync();
        goOn.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp.DefaultTimeout());
        Assert.True(await first.DefaultTimeout());
        Assert.Equal(1, await store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None).DefaultTimeout());
    }

    [Fact]
    public void Open_NotAStore_IsUnavailable()
    {
        File.WriteAllText(_directory.File("state.db"), "this is no database, whatever its name may be");

        var exception = Assert.Throws<StoreUnavailableException>(Open);

        Assert.Contains("not a database", exception.Message, StringComparison.Ordinal);
    }

    private static Task AddHost(SqliteStore store) => store.WriteAsync(
        writer =>
        {
            writer.AddHost(A.Host());
            return 0;
        },
        CancellationToken.None);

    private SqliteStore Open() => SqliteStore.Open(new SqliteStoreOptions { Path = _directory.File("state.db") });
}
