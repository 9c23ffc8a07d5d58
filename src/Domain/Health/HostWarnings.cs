using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>What deserves a look on a host though it works.</summary>
public static class HostWarnings
{
    private const int DiskFreePercentMin = 10;
    private static readonly TimeSpan _clockOffsetMax = TimeSpan.FromSeconds(1);

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Of(HostObservation seen)
    {
        if (seen.IsTruncated)
            yield return "it reports more than is taken: what is beyond it is not seen";
        foreach (var warning in seen.Facts is { } facts ? Of(facts) : [])
            yield return warning;
    }

    /// <summary>A sentence for each that is about its facts.</summary>
    public static IEnumerable<string> Of(HostFacts facts)
    {
        foreach (var warning in facts.Warnings)
            yield return warning;
        if (facts.ClockOffset.Duration() > _clockOffsetMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"the clock is {facts.ClockOffset.Duration().TotalSeconds:0.0} s {(facts.ClockOffset > TimeSpan.Zero ? "ahead" : "behind")}: run a time service");
        if (facts.DiskBytes > 0 && facts.DiskFreeBytes * 100 < facts.DiskBytes * DiskFreePercentMin)
            yield return string.Create(CultureInfo.InvariantCulture, $"{facts.DiskFreeBytes * 100 / facts.DiskBytes} % of Docker's disk is free");
        if (facts is { DockerReachable: true, LiveRestore: false })
            yield return "live-restore is off: a restart of the Docker Engine stops every container (\"live-restore\": true in daemon.json)";
        if (facts.CgroupVersion == 1)
            yield return "cgroup version 1: support for it ends with newer Docker Engines";
    }
}
