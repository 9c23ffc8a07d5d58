using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>The embedded store does what every store does.</summary>
public sealed class SqliteStoreContractTests : StoreContract, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;

    public SqliteStoreContractTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = _directory.File("state.db") });

    /// <inheritdoc/>
    internal override IStore Store => _store;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Assert.Equal(0, _store.BusyCount);
        await _store.DisposeAsync();
        _directory.Dispose();
    }
}
