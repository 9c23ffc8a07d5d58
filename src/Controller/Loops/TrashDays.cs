using Agents.Controller.Observation;
using Agents.Controller.Stores;

namespace Agents.Controller.Loops;

/// <summary>
/// Begins the days of what lies in the trash when the clock by which they are counted can be trusted: when hosts that hold the data are there, and agree with it. A delete by a clock
/// that is days behind would else be purged as soon as that is set right.
/// </summary>
internal sealed class TrashDays(IStore store, FleetView fleet, PurgeClock clock, TimeProvider timeProvider)
{
    /// <summary>Begins them where they have not begun, or notes with each volume why not.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var waiting = await store.ReadAsync(
            reader => reader.ListTrash(null).Where(TrashRules.AwaitsItsDays).Select(cluster => (cluster.Ref, Kept: TrashRules.KeptOf(reader, cluster))).ToList(), cancellationToken);
        foreach (var (owner, kept) in waiting.Where(cluster => !fleet.IsObserveOnly(cluster.Ref)))
        {
            var trouble = TroubleOf(kept);
            if (trouble.Length == 0)
                await store.WriteAsync(writer => TrashRules.TryBeginDays(writer, owner, timeProvider.GetUtcNow() + TrashRules.Time), cancellationToken);
            foreach (var leftover in kept)
                fleet.NoteRemoval(leftover.HostId, leftover.Name, trouble);
        }
    }

    private string TroubleOf(IReadOnlyList<Leftover> kept)
    {
        var hosts = kept.Select(leftover => leftover.HostId).Distinct().Where(host => fleet.Host(host) is { IsCurrent: true, Facts: not null }).ToList();
        return hosts.Count == 0
            ? "its days have not begun: no host that holds the data has told what time it is"
            : hosts.Select(clock.TroubleOf).FirstOrDefault(trouble => trouble.Length > 0, "");
    }
}
