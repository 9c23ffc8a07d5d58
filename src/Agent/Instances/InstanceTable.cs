using System.Collections.Concurrent;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>
/// All instances of this host. A record is changed only within <see cref="UseAsync"/>, which serialises on the instance, and only by <see cref="Save"/>, which returns
/// when it is on the disk. Fences of an earlier boot are renewed for their whole duration when the table is opened. A forgotten instance leaves a tombstone, which is
/// kept for so long that no command can still be under way, and no copy of the store that knows the instance should still be restored.
/// </summary>
internal sealed class InstanceTable
{
    /// <summary>How long tombstones are kept.</summary>
    public static readonly TimeSpan TombstoneTime = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, InstanceSlot> _slots = new();
    private readonly InstanceStore _store;
    private readonly TimeProvider _timeProvider;

    /// <summary>Reads the records.</summary>
    public InstanceTable(InstanceStore store, IBootClock clock, TimeProvider timeProvider, ILogger<InstanceTable> logger)
    {
        _store = store;
        _timeProvider = timeProvider;
        var (records, damaged) = store.Load();
        foreach (var record in records)
            Open(record, clock);
        foreach (var instanceId in damaged)
        {
            _slots[instanceId] = new InstanceSlot(instanceId) { IsDamaged = true };
            logger.RecordDamaged(instanceId);
        }
    }

    /// <summary>A record changed, or is gone (null).</summary>
    public event Action<string, InstanceRecord?>? Changed;

    /// <summary>The instances that have a record, one that could not be read included.</summary>
    public IReadOnlyList<InstanceSlot> Slots => [.. _slots.Values.Where(slot => slot.Record is not null || slot.IsDamaged).OrderBy(slot => slot.InstanceId, StringComparer.Ordinal)];

    /// <summary>The records and the tombstones: the highest generation that was obeyed of each instance.</summary>
    public IReadOnlyList<InstanceRecord> Generations => [.. _slots.Values.Select(slot => slot.Record ?? slot.Tombstone).OfType<InstanceRecord>()];

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
        slot.IsDamaged = false;
        Changed?.Invoke(slot.InstanceId, record);
    }

    /// <summary>Notes what is in no record: that an instance hangs, or does not any more. Only within <see cref="UseAsync"/>.</summary>
    public void NoteHang(InstanceSlot slot, string hang)
    {
        if (slot.Hang == hang)
            return;
        slot.Hang = hang;
        Changed?.Invoke(slot.InstanceId, slot.Record);
    }

    /// <summary>Forgets an instance but for its tombstone, which is on the disk when this returns. Only within <see cref="UseAsync"/>.</summary>
    public void Bury(InstanceSlot slot, InstanceRecord tombstone)
    {
        // The slot stays: its lock is what the next call about this id meets.
        _store.Bury(tombstone);
        slot.Tombstone = tombstone;
        slot.Record = null;
        slot.IsDamaged = false;
        Changed?.Invoke(slot.InstanceId, null);
    }

    /// <summary>Forgets tombstones whose time is over.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        foreach (var id in _slots.Values.Where(slot => IsOver(slot, now)).Select(slot => slot.InstanceId).ToList())
            await UseAsync(
                id,
                slot =>
                {
                    if (IsOver(slot, now))
                    {
                        _store.Remove(id);
                        slot.Tombstone = null;
                    }

                    return Task.FromResult(true);
                },
                cancellationToken);
    }

    private static bool IsOver(InstanceSlot slot, DateTimeOffset now) => slot.Tombstone?.ForgottenAt is { } forgottenAt && now - forgottenAt >= TombstoneTime;

    private void Open(InstanceRecord record, IBootClock clock)
    {
        _slots[record.InstanceId] = record.ForgottenAt is null
            ? new InstanceSlot(record.InstanceId) { Record = Renew(record, clock) }
            : new InstanceSlot(record.InstanceId) { Tombstone = record };
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
