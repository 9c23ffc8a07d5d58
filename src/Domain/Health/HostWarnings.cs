using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>What of a host deserves a look though it is ready.</summary>
public static class HostWarnings
{
    private const double DiskFreeShareMin = 0.10;
    private static readonly TimeSpan _clockOffsetMax = TimeSpan.FromSeconds(1);

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Of(HostFacts facts)
    {
        if (!facts.LiveRestore)
            yield return "live-restore is off: a restart of the Docker Engine stops every container; set \"live-restore\": true in /etc/docker/daemon.json";
        if (facts.ClockOffset.Duration() > _clockOffsetMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"its clock is {facts.ClockOffset.TotalSeconds:0.0} s off the controller's: let both keep time with NTP");
        if (facts.DiskFreeBytes < facts.DiskBytes * DiskFreeShareMin)
            yield return string.Create(CultureInfo.InvariantCulture, $"only {100.0 * facts.DiskFreeBytes / Math.Max(1, facts.DiskBytes):0} % of the disk below Docker's data is free");
        if (facts.CgroupVersion == 1)
            yield return "its kernel has cgroup version 1, which newer Docker Engines no longer support";
    }
}
