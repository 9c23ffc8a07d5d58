using System.Collections.Concurrent;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>How long operations wait before their next try, on the monotonic clock. Forgotten with the process: the next one tries at once.</summary>
internal sealed class OperationPauses(TimeProvider timeProvider)
{
    private static readonly TimeSpan _min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _max = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<OperationId, (long Since, TimeSpan Pause)> _pauses = new();

    /// <summary>Whether an operation may be tried.</summary>
    public bool IsOver(OperationId id) => !_pauses.TryGetValue(id, out var paused) || timeProvider.GetElapsedTime(paused.Since) >= paused.Pause;

    /// <summary>How many wait, or have waited and not gone on yet.</summary>
    public int Count => _pauses.Count;

    /// <summary>How long until the next of those that wait may be tried, in whole milliseconds; null where none waits.</summary>
    public TimeSpan? Next
    {
        get
        {
            var left = _pauses.Values.Select(paused => paused.Pause - timeProvider.GetElapsedTime(paused.Since)).Where(time => time > TimeSpan.Zero).ToList();
            return left.Count > 0 ? TimeSpan.FromMilliseconds(Math.Ceiling(left.Min().TotalMilliseconds) + 1) : null; // A timer counts whole milliseconds, of which the first has begun.
        }
    }

    /// <summary>Waits for so long.</summary>
    public void Begin(OperationId id, TimeSpan pause) => _pauses[id] = (timeProvider.GetTimestamp(), pause);

    /// <summary>Waits for a second, and for twice as long as the last time where it has waited already.</summary>
    public void Grow(OperationId id)
    {
        var pause = _pauses.TryGetValue(id, out var last) ? last.Pause * 2 : _min;
        Begin(id, pause < _max ? pause : _max);
    }

    /// <summary>Something was done, or the operation has ended: it waits no more, and begins with a second the next time.</summary>
    public void End(OperationId id) => _pauses.TryRemove(id, out _);
}
