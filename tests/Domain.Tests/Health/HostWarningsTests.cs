using Agents.Domain.Health;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>What of a ready host deserves a look.</summary>
public sealed class HostWarningsTests
{
    [Fact]
    public void Of_UsualHost_Nothing() => Assert.Empty(HostWarnings.Of(A.Facts()));

    [Fact]
    public void Of_LiveRestoreOff_SaysWhatToSet() => Assert.Equal(
        ["live-restore is off: a restart of the Docker Engine stops every container; set \"live-restore\": true in /etc/docker/daemon.json"],
        HostWarnings.Of(A.Facts() with { LiveRestore = false }));

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(-2, "-2.0")]
    public void Of_ClockOff_SaysHowFar(double seconds, string text) => Assert.Equal(
        [$"its clock is {text} s off the controller's: let both keep time with NTP"], HostWarnings.Of(A.Facts() with { ClockOffset = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void Of_ClockWithinASecond_Nothing() => Assert.Empty(HostWarnings.Of(A.Facts() with { ClockOffset = TimeSpan.FromSeconds(-1) }));

    [Fact]
    public void Of_DiskNearlyFull_SaysHowMuch() =>
        Assert.Equal(["only 9 % of the disk below Docker's data is free"], HostWarnings.Of(A.Facts() with { DiskFreeBytes = 9L << 30 }));

    [Fact]
    public void Of_OldCgroups_IsSaid() =>
        Assert.Equal(["its kernel has cgroup version 1, which newer Docker Engines no longer support"], HostWarnings.Of(A.Facts() with { CgroupVersion = 1 }));
}
