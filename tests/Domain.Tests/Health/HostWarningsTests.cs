using Agents.Domain.Health;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>What of a ready host deserves a look.</summary>
public sealed class HostWarningsTests
{
    [Fact]
    public void Of_UsualHost_Nothing() => Assert.Empty(HostWarnings.Of(A.Facts()));

    [Fact]
    public void Of_EverythingAmiss_SaysAll() => Assert.Equal(
        [
            "the clock is 3.2 s behind: run a time service",
            "5 % of Docker's disk is free",
            "live-restore is off: a restart of the Docker Engine stops every container (\"live-restore\": true in daemon.json)",
            "cgroup version 1: support for it ends with newer Docker Engines",
        ],
        HostWarnings.Of(A.Facts() with { ClockOffset = TimeSpan.FromSeconds(-3.2), DiskFreeBytes = 5L << 30, LiveRestore = false, CgroupVersion = 1 }));

    [Fact]
    public void Of_ClockAhead_SaysHowFar() =>
        Assert.Equal(["the clock is 2.0 s ahead: run a time service"], HostWarnings.Of(A.Facts() with { ClockOffset = TimeSpan.FromSeconds(2) }));

    [Fact]
    public void Of_ClockWithinASecond_Nothing() => Assert.Empty(HostWarnings.Of(A.Facts() with { ClockOffset = TimeSpan.FromSeconds(-1) }));

    [Fact]
    public void Of_DockerAway_SaysNothingOfItsSettings() => Assert.Empty(HostWarnings.Of(A.Facts() with { DockerReachable = false, LiveRestore = false }));
}
