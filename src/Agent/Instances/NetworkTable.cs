using System.Collections.Concurrent;

namespace Agents.Agent.Instances;

/// <summary>
/// The networks that this agent was told of. A record is changed only within <see cref="UseAsync"/>, which serialises on the network, and is on the disk when
/// <see cref="Save"/> returns. A removed network leaves a tombstone for as long as an instance does (<see cref="InstanceTable.TombstoneTime"/>).
/// </summary>
internal sealed class NetworkTable
{
    private readonly ConcurrentDictionary<string, NetworkRecord> _records = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new();
    private readonly NetworkStore _store;
    private readonly TimeProvider _timeProvider;

    /// <summary>Reads the records.</summary>
    public NetworkTable(NetworkStore store, TimeProvider timeProvider, ILogger<NetworkTable> logger)
    {
        _store = store;
        _timeProvider = timeProvider;
        var (records, damaged) = store.Load();
        foreach (var record in records)
            _records[record.Name] = record;
        foreach (var name in damaged)
            logger.NetworkRecordDamaged(name);
    }

    /// <summary>The records, those of removed networks included.</summary>
    public IReadOnlyList<NetworkRecord> Records => [.. _records.Values.OrderBy(record => record.Name, StringComparer.Ordinal)];

    /// <summary>Does something about a network while nobody else does; the record is null where there is none.</summary>
    public async Task<T> UseAsync<T>(string name, Func<NetworkRecord?, Task<T>> action, CancellationToken cancellationToken)
    {
        var turn = _locks.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await action(_records.GetValueOrDefault(name));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes a record the network's own; on the disk when this returns. Only within <see cref="UseAsync"/>.</summary>
    public void Save(NetworkRecord record)
    {
        _store.Save(record);
        _records[record.Name] = record;
    }

    /// <summary>Forgets tombstones whose time is over.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        foreach (var name in _records.Values.Where(record => IsOver(record, now)).Select(record => record.Name).ToList())
            await UseAsync(
                name,
                record =>
                {
                    if (record is not null && IsOver(record, now))
                    {
                        _store.Remove(name);
                        _records.TryRemove(name, out _);
                    }

                    return Task.FromResult(true);
                },
                cancellationToken);
    }

    private static bool IsOver(NetworkRecord record, DateTimeOffset now) => record.RemovedAt is { } removedAt && now - removedAt >= InstanceTable.TombstoneTime;
}
