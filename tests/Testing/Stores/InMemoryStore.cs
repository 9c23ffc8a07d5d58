using Agents.Controller.Stores;

namespace Agents.Testing.Stores;

/// <summary>
/// The store's fake for simulations: it keeps the real one's rules, returns completed tasks only, and can die at any commit. After a death it is unusable until
/// <see cref="Restart"/>, as the dead process would be.
/// </summary>
internal sealed class InMemoryStore : IStore
{
    private readonly Lock _lock = new();
    private InMemoryState _state;
    private bool _dead;

    /// <summary>An empty store.</summary>
    public InMemoryStore(string storeId = "00000000-0000-4000-8000-000000000001") => _state = new InMemoryState { Identity = new StoreIdentity(storeId, 0, 0) };

    /// <inheritdoc/>
    public long Revision => _state.Identity.Revision;

    /// <inheritdoc/>
    public long ResourcesRevision { get; private set; }

    /// <summary>A copy of what is committed now, as a backup would have it.</summary>
    public InMemoryStore Copy()
    {
        lock (_lock)
            return new InMemoryStore { _state = _state, ResourcesRevision = Revision };
    }

    /// <summary>How many writes were committed: each is two kill points.</summary>
    public int CommitCount { get; private set; }

    /// <summary>Asked at every commit with its number, from 1: where the process dies there; null to live on.</summary>
    public Func<int, StoreKillPoint?> KillAt { get; set; } = _ => null;

    /// <summary>Thrown by the next write instead of its commit; used once.</summary>
    public Exception? FailNext { get; set; }

    /// <summary>The process came back: what was committed is there.</summary>
    public void Restart()
    {
        lock (_lock)
            _dead = false;
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IStoreReader, T> read, CancellationToken cancellationToken) => Run(() => read(new InMemoryReader(_state)), cancellationToken);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<IStoreWriter, T> write, CancellationToken cancellationToken) => Run(() => Commit(write), cancellationToken);

    private T Commit<T>(Func<IStoreWriter, T> write)
    {
        var writer = new InMemoryWriter(_state);
        var result = write(writer);
        if (write.Method.Module.Assembly == typeof(IStore).Assembly && EventRule.Violations(_state, writer.State).ToList() is { Count: > 0 } violations)
            throw new InvalidOperationException(string.Join("; ", violations));
        if (FailNext is { } failure)
        {
            FailNext = null;
            throw failure;
        }
        var kill = KillAt(CommitCount + 1);
        if (kill == StoreKillPoint.BeforeCommit)
            Die(CommitCount + 1, "before");
        if (writer.State.Hosts != _state.Hosts || writer.State.Clusters != _state.Clusters || writer.State.Instances != _state.Instances)
            ResourcesRevision = Revision + 1;
        _state = writer.State with { Identity = writer.State.Identity with { Revision = writer.State.Identity.Revision + 1 } };
        CommitCount++;
        if (kill == StoreKillPoint.AfterCommit)
            Die(CommitCount, "after");
        return result;
    }

    private void Die(int commit, string when)
    {
        _dead = true;
        throw new SimulatedCrashException($"died {when} commit {commit}");
    }

    private Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        lock (_lock)
        {
            try
            {
                if (_dead)
                    throw new SimulatedCrashException("the process is dead");
                return Task.FromResult(work());
            }
            catch (Exception exception)
            {
                return Task.FromException<T>(exception);
            }
        }
    }
}
