using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>
/// Right after a start nothing is known of hosts whose agents have yet to notice the new process. For a minute they are waited for instead of being taken to be away,
/// so that a restart neither fails a create for want of hosts nor turns a delete into leftovers.
/// </summary>
internal sealed class FirstSight(IFleetView fleet, TimeProvider timeProvider)
{
    /// <summary>How long a host is waited for.</summary>
    public static TimeSpan Time { get; } = TimeSpan.FromSeconds(60);

    private readonly long _startedAt = timeProvider.GetTimestamp();

    /// <summary>Whether a host was not heard since the start, and the start was a short while ago.</summary>
    public bool IsAwaited(HostId host) => timeProvider.GetElapsedTime(_startedAt) < Time && !fleet.Hosts.ContainsKey(host);
}
