using Agents.Agent.Containers;
using Agents.Agent.Docker.Wire;
using Agents.V1;

namespace Agents.Agent.Tests.Services;

/// <summary>What the engine is asked for, where its own defaults would decide otherwise.</summary>
public sealed class ContainerBodyBuilderTests
{
    [Fact]
    public void Build_NoLimitsGiven_HasOurOwn()
    {
        var host = Build(new ContainerSpec());

        Assert.Equal(4096, host.PidsLimit);
        Assert.Equal([new UlimitBody("nofile", 65536, 65536), new UlimitBody("nproc", -1, -1)], host.Ulimits);
    }

    [Fact]
    public void Build_LimitsGiven_HasThose()
    {
        var host = Build(new ContainerSpec { PidsMax = 100, NofileMax = 200 });

        Assert.Equal(100, host.PidsLimit);
        Assert.Contains(new UlimitBody("nofile", 200, 200), host.Ulimits!);
    }

    private static ContainerHostBody Build(ContainerSpec spec) => ContainerBodyBuilder.Build(spec, new Dictionary<string, string>()).HostConfig;
}
