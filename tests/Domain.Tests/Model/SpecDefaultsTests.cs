using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Domain.Tests.Model;

/// <summary>What a user does not say has a default, and what is said stays.</summary>
public sealed class SpecDefaultsTests
{
    [Fact]
    public void Apply_NothingSaid_ThreeNodesThatAreKeptApart()
    {
        var effective = SpecDefaults.Apply(new PostgresClusterSpec(), hostCount: 3);

        var expected = new EffectiveSpec
        {
            Engine = Engine.Patroni,
            PostgresVersion = "17",
            NodeCount = 3,
            Durability = Durability.Quorum,
            Database = "app",
            Owner = "app",
            Encoding = "UTF8",
            Locale = "C.UTF-8",
            CoordinatorCount = 3,
            ProxyCount = 2,
            PlacementStrict = true,
            HostLabels = LabelSet.Empty,
            MemoryBytes = 512L << 20,
            CpuMilli = 0,
            DiskBytes = 10L << 30,
            DeletionProtection = true,
            HangTimeout = TimeSpan.FromSeconds(10),
        };
        Assert.Equal(expected, effective);
    }

    [Fact]
    public void Apply_EverythingSaid_Stays()
    {
        var labels = new LabelSet([new("zone", "a")]);
        var spec = new PostgresClusterSpec
        {
            Engine = Engine.PgAutoFailover,
            PostgresVersion = "18",
            NodeCount = 5,
            Durability = Durability.Strict,
            Bootstrap = new BootstrapSpec { Database = "shop", Owner = "seller", Encoding = "UTF8", Locale = "C" },
            ProxyCount = 4,
            Placement = new PlacementSpec { Strict = false, HostLabels = labels },
            Resources = new ResourcesSpec { MemoryBytes = 1L << 30, CpuMilli = 1500, DiskBytes = 2L << 30 },
            Failover = new FailoverSpec { HangTimeout = TimeSpan.Zero },
            DeletionProtection = false,
        };

        var effective = SpecDefaults.Apply(spec, hostCount: 1);

        var expected = new EffectiveSpec
        {
            Engine = Engine.PgAutoFailover,
            PostgresVersion = "18",
            NodeCount = 5,
            Durability = Durability.Strict,
            Database = "shop",
            Owner = "seller",
            Encoding = "UTF8",
            Locale = "C",
            CoordinatorCount = 3,
            ProxyCount = 4,
            PlacementStrict = false,
            HostLabels = labels,
            MemoryBytes = 1L << 30,
            CpuMilli = 1500,
            DiskBytes = 2L << 30,
            DeletionProtection = false,
        };
        Assert.Equal(expected, effective);
    }

    [Theory]
    [InlineData(1, Durability.Async, false)]
    [InlineData(2, Durability.Sync, true)]
    [InlineData(3, Durability.Quorum, true)]
    [InlineData(9, Durability.Quorum, true)]
    public void Apply_NodeCount_SettlesDurabilityAndPlacement(int nodeCount, Durability durability, bool strict)
    {
        var effective = SpecDefaults.Apply(new PostgresClusterSpec { NodeCount = nodeCount }, hostCount: 9);

        Assert.Equal((durability, strict), (effective.Durability, effective.PlacementStrict));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(9, 2)]
    public void Apply_HostCount_SettlesProxies(int hostCount, int proxyCount) =>
        Assert.Equal(proxyCount, SpecDefaults.Apply(new PostgresClusterSpec(), hostCount).ProxyCount);
}
