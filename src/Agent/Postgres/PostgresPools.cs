using System.Collections.Concurrent;
using System.Globalization;
using Agents.Agent.Configuration;
using Agents.Agent.Kernel;

namespace Agents.Agent.Postgres;

/// <summary>
/// The pool of each server of this host. A pool lives as long as its container's process: a server that was started again gets a new one, and what is left of the old
/// one is closed. Failures come out as <see cref="PostgresUnreachableException"/> or <see cref="SqlFailedException"/>.
/// </summary>
internal sealed class PostgresPools(AgentSettings settings, IProcessTable processes) : IDisposable
{
    private const int IdDigits = 8; // Paths of sockets are short.

    private readonly string _sockets = Path.Combine(settings.DataDirectory, "sockets");
    private readonly ConcurrentDictionary<string, PostgresPool> _pools = new(StringComparer.Ordinal);
    private readonly Lock _change = new();
    private int _made;

    /// <summary>Uses a connection once.</summary>
    public async Task<T> UseAsync<T>(PostgresServer server, string database, Func<PostgresSession, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await PoolOf(server).OpenAsync(NameOf(database), cancellationToken);
            return await action(session);
        }
        catch (Exception exception) when (PostgresFailures.IsKnown(exception))
        {
            throw PostgresFailures.Translate(exception);
        }
    }

    /// <summary>Uses a connection for what only reads. A kept connection may turn out to be dead (the server was started again in its container), so it is tried twice.</summary>
    public async Task<T> ReadAsync<T>(PostgresServer server, string database, Func<PostgresSession, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await UseAsync(server, database, action, cancellationToken);
        }
        catch (PostgresUnreachableException exception) when (exception.InnerException is not TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return await UseAsync(server, database, action, cancellationToken);
        }
    }

    /// <summary>Whether a server is in recovery, over a connection that waits for no other. Throws what Npgsql throws.</summary>
    public Task<bool> IsInRecoveryAsync(PostgresServer server, CancellationToken cancellationToken) => PoolOf(server).IsInRecoveryAsync(cancellationToken);

    /// <summary>Closes what is kept for an instance that this host no longer has.</summary>
    public void Forget(string instanceId)
    {
        if (_pools.TryRemove(instanceId, out var pool))
            pool.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var instanceId in _pools.Keys)
            Forget(instanceId);
    }

    private static string NameOf(string database) => database.Length == 0 ? PostgresPool.DefaultDatabase : database;

    private PostgresPool PoolOf(PostgresServer server)
    {
        if (_pools.TryGetValue(server.InstanceId, out var known) && known.Server == server)
            return known;
        lock (_change)
        {
            _pools.TryGetValue(server.InstanceId, out var old);
            if (old?.Server == server)
                return old;
            var directory = string.Create(CultureInfo.InvariantCulture, $"{server.InstanceId[..IdDigits]}-{++_made}");
            var pool = _pools[server.InstanceId] = new PostgresPool(server, new PostgresSocket(server, Path.Combine(_sockets, directory), processes));
            old?.Dispose();
            return pool;
        }
    }
}
