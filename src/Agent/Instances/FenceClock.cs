using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>Reads fences on the clock that nobody can set.</summary>
internal sealed class FenceClock(IBootClock clock)
{
    /// <summary>A fence that begins now.</summary>
    public FenceRecord Begin(string id, TimeSpan duration, string reason) => new(id, duration, clock.BootId, clock.SinceBoot + duration, reason);

    /// <summary>What is left of a record's fence, zero or less when its deadline has passed; null when there is none.</summary>
    public TimeSpan? Left(InstanceRecord record) => record.Fence switch
    {
        null => null,
        { } fence when fence.BootId == clock.BootId => fence.Deadline - clock.SinceBoot,
        { } fence => fence.Duration,
    };

    /// <summary>Whether a record's fence holds now.</summary>
    public bool IsFenced(InstanceRecord record) => Left(record) > TimeSpan.Zero;
}
