using System.Collections.Concurrent;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>
/// All instances of this host. A record is changed only within <see cref="UseAsync"/>, which serialises on the instance, and only by <see cref="Save"/>, which returns
/// when it is on the disk. Fences of an earlier boot are renewed for their whole duration when the table is opened.
/// </summary>
internal sealed class InstanceTable
{
    private readonly ConcurrentDictionary<string, InstanceSlot> _slots = new();
    private readonly InstanceStore _store;

    /// <summary>Reads the records.</summary>
    public InstanceTable(InstanceStore store, IBootClock clock, ILogger<InstanceTable> logger)
    {
        _store = store;
        var (records, damaged) = store.Load();
        foreach (var record in records)
            _slots[record.InstanceId] = new InstanceSlot(record.InstanceId) { Record = Renew(record, clock) };
        foreach (var instanceId in damaged)
            logger.RecordDamaged(instanceId);
    }

    /// <summary>A record changed, or is gone (null).</summary>
    public event Action<string, InstanceRecord?>? Changed;

    /// <summary>The instances that have a record.</summary>
    public IReadOnlyList<InstanceSlot> Slots => [.. _slots.Values.Where(slot => slot.Record is not null).OrderBy(slot => slot.InstanceId, StringComparer.Ordinal)];

    /// <summary>The record of an instance, or null.</summary>
    public InstanceRecord? Find(string instanceId) => _slots.GetValueOrDefault(instanceId)?.Record;

    /// <summary>Does something about an instance while nobody else does.</summary>
    public async Task<T> UseAsync<T>(string instanceId, Func<InstanceSlot, Task<T>> action, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(instanceId, id => new InstanceSlot(id));
        await slot.Lock.WaitAsync(cancellationToken);
        try
        {
            return await action(slot);
        }
        finally
        {
            slot.Lock.Release();
        }
    }

    /// <summary>Makes a record the instance's own; on the disk when this returns. Only within <see cref="UseAsync"/>.</summary>
    public void Save(InstanceSlot slot, InstanceRecord record)
    {
        if (record == slot.Record)
            return;
        _store.Save(record);
        slot.Record = record;
        Changed?.Invoke(slot.InstanceId, record);
    }

    /// <summary>Forgets an instance; gone from the disk when this returns. Only within <see cref="UseAsync"/>.</summary>
    public void Delete(InstanceSlot slot)
    {
        // The slot stays: its lock is what the next call about this id meets.
        _store.Delete(slot.InstanceId);
        slot.Record = null;
        Changed?.Invoke(slot.InstanceId, null);
    }

    private InstanceRecord Renew(InstanceRecord record, IBootClock clock)
    {
        if (record.Fence is not { } fence || fence.BootId == clock.BootId)
            return record;
        var renewed = record with { Fence = fence with { BootId = clock.BootId, Deadline = clock.SinceBoot + fence.Duration } };
        _store.Save(renewed);
        return renewed;
    }
}
