using Agents.Testing.Stores;

namespace Agents.Testing.Fleet;

/// <summary>
/// One life of a controller process. Every commit and every mutation of a host is two points at which it can die: before and after. Once dead, nothing that it still tries
/// has any effect.
/// </summary>
internal sealed class SimulatedProcess
{
    /// <summary>The number of the point at which it dies, from 1; 0 for never.</summary>
    public int KillAt { get; set; }

    /// <summary>How many points it has passed.</summary>
    public int PointCount { get; private set; }

    /// <summary>Whether it is dead.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What it was about to do, or had just done, when it died; empty while it lives.</summary>
    public string Death { get; private set; } = "";

    /// <summary>Throws when it is dead.</summary>
    public void Check()
    {
        if (IsOver)
            throw new SimulatedCrashException($"the process is dead since {Death}");
    }

    /// <summary>A point at which it may die.</summary>
    public void Point(string what)
    {
        Check();
        if (++PointCount != KillAt)
            return;
        Kill($"point {PointCount}, {what}");
        Check();
    }

    /// <summary>Ends it from outside.</summary>
    public void Kill(string what)
    {
        if (!IsOver)
            (IsOver, Death) = (true, what);
    }
}
