using Agents.Agent.Docker.Objects;
using Agents.Agent.Hosts;
using Agents.Agent.Services;

namespace Agents.Agent.Tests.Services;

/// <summary>The snapshot's bounds.</summary>
public sealed class HostMappingTests
{
    [Theory]
    [InlineData(2000, false)]
    [InlineData(2001, true)]
    public void ToContract_ManyVolumes_IsBoundedAndSaysSo(int count, bool truncated)
    {
        var volumes = Enumerable.Range(0, count).Select(number => new VolumeInspection($"volume-{number}")).ToList();

        var snapshot = new HostContents(true, [], [], volumes, []).ToContract().Snapshot;

        Assert.Equal(truncated, snapshot.Truncated);
        Assert.Equal(2000, snapshot.Volumes.Count);
    }

    [Fact]
    public void ToContract_LongLabel_IsCut()
    {
        var network = new NetworkInspection("id", "net", new Dictionary<string, string> { ["note"] = new('x', 5000) });

        Assert.Equal(4096, Assert.Single(new HostContents(true, [], [], [], [network]).ToContract().Snapshot.Networks).Labels["note"].Length);
    }
}
