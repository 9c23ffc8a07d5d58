using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>
/// How many calls a host may still make on the agents' port: a store of them that fills again with time. Each renewal is written down and told as an event, so one agent in a
/// hurry would fill the store of all. Safe for concurrent use.
/// </summary>
internal sealed class HostCalls(AgentPortLimits limits, TimeProvider timeProvider)
{
    private readonly Dictionary<HostId, (double Left, long At)> _left = [];
    private readonly Lock _lock = new();

    /// <summary>Takes one call; false when there is none left.</summary>
    public bool TryTake(HostId hostId)
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            var left = _left.TryGetValue(hostId, out var known)
                ? Math.Min(limits.HostCallsMax, known.Left + timeProvider.GetElapsedTime(known.At, now).TotalSeconds * limits.HostCallsPerSecond)
                : limits.HostCallsMax;
            _left[hostId] = (left < 1 ? left : left - 1, now);
            return left >= 1;
        }
    }
}
