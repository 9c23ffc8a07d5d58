using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// Begins the days of what lies in the trash when the clock by which they are counted can be trusted: when hosts that hold the data are there, and at least half of them agree with it. A
/// delete by a clock that is days behind would else be purged as soon as that is set right. And counts beside the clock for how long controllers have run since: all clocks may be
/// wrong alike, and be set right together.
/// </summary>
internal sealed class TrashDays(IStore store, FleetView fleet, PurgeClock clock, TimeProvider timeProvider)
{
    private static readonly TimeSpan _notePeriod = TimeSpan.FromMinutes(1);

    private long _notedTimestamp = timeProvider.GetTimestamp();

    /// <summary>Notes what this controller has run, and begins the days where they have not begun, or notes with each volume why not.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        await NoteRunTimeAsync(cancellationToken);
        var waiting = await store.ReadAsync(
            reader => reader.ListTrash(null).Where(TrashRules.AwaitsItsDays).Select(cluster => (cluster.Ref, Kept: TrashRules.KeptOf(reader, cluster))).ToList(), cancellationToken);
        foreach (var (owner, kept) in waiting.Where(cluster => !fleet.IsObserveOnly(cluster.Ref)))
        {
            var troubles = kept.Select(leftover => leftover.HostId).Distinct().Where(host => fleet.Host(host) is { IsCurrent: true, Facts: not null }).ToDictionary(host => host, clock.TroubleOf);
            var isTime = troubles.Count > 0 && troubles.Values.Count(trouble => trouble.Length == 0) * 2 >= troubles.Count;
            if (isTime)
                await store.WriteAsync(writer => TrashRules.TryBeginDays(writer, owner, timeProvider.GetUtcNow() + TrashRules.Time), cancellationToken);
            foreach (var leftover in kept)
                fleet.NoteRemoval(leftover.HostId, leftover.Name, isTime ? "" : WaitsFor(troubles, leftover.HostId));
        }
    }

    /// <summary>A write a minute, while anything lies in the trash. What the last minute of a controller had is lost with it, which delays a purge by as much.</summary>
    private async Task NoteRunTimeAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetTimestamp();
        var time = timeProvider.GetElapsedTime(_notedTimestamp, now);
        if (time < _notePeriod)
            return;
        if (await store.ReadAsync(reader => reader.ListTrash(null).Count > 0, cancellationToken))
            await store.WriteAsync(writer => TrashRules.AddRunTime(writer, time), cancellationToken);
        _notedTimestamp = now;
    }

    /// <summary>Its own host's clock, where that is wrong; else the others'.</summary>
    private static string WaitsFor(Dictionary<HostId, string> troubles, HostId host) => troubles.Count == 0 ? "its days have not begun: no host that holds the data has told what time it is"
        : troubles.GetValueOrDefault(host) is { Length: > 0 } trouble ? trouble
        : "its days have not begun: the clocks of most hosts that hold the data differ from the controller's";
}
