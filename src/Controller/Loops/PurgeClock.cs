using System.Globalization;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// Whether the time can be trusted by which data is purged. Where the host's clock disagrees with ours, or ours has jumped since the start of this process, nobody knows whether
/// seven days have passed, and data that is gone is gone.
/// </summary>
internal sealed class PurgeClock(IFleetView fleet, TimeProvider timeProvider)
{
    private static readonly TimeSpan _differenceMax = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private readonly long _startTimestamp = timeProvider.GetTimestamp();

    /// <summary>Whether the controller's own clock was set while it ran.</summary>
    public bool WasSet => Jump.Duration() > _differenceMax;

    private TimeSpan Jump => timeProvider.GetUtcNow() - _startedAt - timeProvider.GetElapsedTime(_startTimestamp);

    /// <summary>Why nothing is purged on a host; empty when it may be.</summary>
    public string TroubleOf(HostId host)
    {
        if (WasSet)
            return $"not purged: the controller's clock was set by {Minutes(Jump)} since it started; when the clock is right, start the controller again";
        if (fleet.Host(host).Facts is not { } facts)
            return "not purged: the host has not told what time it is";
        return facts.ClockOffset.Duration() > _differenceMax
            ? $"not purged: the host's clock differs from the controller's by {Minutes(facts.ClockOffset)}: run a time service on both"
            : "";
    }

    /// <summary>The same for data of a cluster in the trash: the time of controllers must have passed, too, which nobody can set.</summary>
    public string TroubleOf(HostId host, Trash trash) => TroubleOf(host) is { Length: > 0 } trouble ? trouble
        : trash.IsPurging || trash.RunTime >= TrashRules.Time ? ""
        : string.Create(CultureInfo.InvariantCulture, $"not purged: controllers have run for {trash.RunTime.TotalHours:0.0} of the {TrashRules.Time.TotalHours:0} hours that it is kept");

    private static string Minutes(TimeSpan difference) => string.Create(CultureInfo.InvariantCulture, $"{difference.TotalMinutes:0} min");
}
