using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>What deserves a look on a host though it works.</summary>
internal static class HostWarnings
{
    private const int DiskFreePercentMin = 10;
    private static readonly TimeSpan ClockOffsetMax = TimeSpan.FromSeconds(1);

    /// <summary>The warnings, a sentence each.</summary>
    public static ImmutableArray<string> Of(HostFacts? facts) => facts is null ? [] : [.. Find(facts)];

    private static IEnumerable<string> Find(HostFacts facts)
    {
        if (facts.ClockOffset.Duration() > ClockOffsetMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"the clock is {facts.ClockOffset.Duration().TotalSeconds:0.0} s {(facts.ClockOffset > TimeSpan.Zero ? "ahead" : "behind")}: run a time service");
        if (facts.DiskBytes > 0 && facts.DiskFreeBytes * 100 < facts.DiskBytes * DiskFreePercentMin)
            yield return string.Create(CultureInfo.InvariantCulture, $"{facts.DiskFreeBytes * 100 / facts.DiskBytes} % of Docker's disk is free");
        if (facts is { DockerReachable: true, LiveRestore: false })
            yield return "live-restore is off: a restart of the Docker Engine stops every container (\"live-restore\": true in daemon.json)";
        if (facts.CgroupVersion == 1)
            yield return "cgroup version 1: support for it ends with newer Docker Engines";
    }
}
