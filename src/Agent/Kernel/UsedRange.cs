using System.Net;

namespace Agents.Agent.Kernel;

/// <summary>A range of addresses that is in use on the host.</summary>
/// <param name="Range">The range.</param>
/// <param name="Holder">Who uses it: the name of a network of the engine, or "route DEVICE", "address DEVICE".</param>
internal sealed record UsedRange(IPNetwork Range, string Holder)
{
    /// <summary>Whether an address of the one is an address of the other.</summary>
    public bool Overlaps(IPNetwork other) => Range.Contains(other.BaseAddress) || other.Contains(Range.BaseAddress);
}
