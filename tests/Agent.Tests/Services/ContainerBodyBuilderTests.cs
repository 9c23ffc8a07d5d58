using Agents.Agent.Containers;
using Agents.Agent.Docker.Objects;
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

    [Theory]
    [InlineData("Max open files            1024                 20000                files     \n", 20000)]
    [InlineData("Max open files            1024                 1048576              files     \n", 65536)]
    [InlineData("Max open files            unlimited            unlimited            files     \n", 65536)]
    [InlineData("", 65536)]
    public void OpenFiles_WhereTheHostGivesLess_AreAsMany(string limits, long expected) => Assert.Equal(expected, ProcessLimits.Parse(limits).CapNofile(65536));

    private static ContainerHostBody Build(ContainerSpec spec) => ContainerBodyBuilder.Build(spec, new Dictionary<string, string>(), new ProcessLimits(ProcessLimits.Unlimited, ProcessLimits.Unlimited)).HostConfig;
}
