using Agents.Domain.Model;
using Agents.Domain.Specs;
using Agents.Testing;

namespace Agents.Domain.Tests.Specs;

/// <summary>What becomes of another spec: changed at once, or refused by field; nothing that is said is overlooked.</summary>
public sealed class SpecChangeTests
{
    private static readonly PostgresClusterSpec _full = new()
    {
        Engine = Engine.Patroni,
        PostgresVersion = "17",
        NodeCount = 3,
        Durability = Durability.Quorum,
        Bootstrap = new BootstrapSpec { Database = "shop", Owner = "seller", Encoding = "UTF8", Locale = "C" },
        ProxyCount = 2,
        Placement = new PlacementSpec { Strict = true, HostLabels = new LabelSet([new("disk", "nvme")]) },
        Resources = new ResourcesSpec { MemoryBytes = 1 << 30, CpuMilli = 500, DiskBytes = 1L << 33 },
        Failover = new FailoverSpec { HangTimeout = TimeSpan.FromSeconds(30) },
        DeletionProtection = false,
    };

    private static readonly Cluster _cluster = A.Cluster() with { Spec = _full, Effective = SpecDefaults.Apply(_full, hostCount: 3) };

    /// <summary>The paths of all values that a spec has, from the types themselves.</summary>
    public static TheoryData<string> Paths => [.. PathsOf(typeof(PostgresClusterSpec), "")];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Decide_OneValueNoLongerSaid_IsRefusedByItsFieldOrChangesWhatIsInEffect(string path)
    {
        var decision = SpecChange.Decide(_cluster, Without(_full, path.Split('.')));

        Assert.True(decision.Violations.Length == 1 || (decision.Violations.IsEmpty && decision.Effective != _cluster.Effective), path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Merge_OneValueSaid_IsThereAndTheRestStays(string path)
    {
        Assert.Equal(_full, SpecChange.Merge(Without(_full, path.Split('.')), _full));
        Assert.Equal(_full, SpecChange.Merge(_full, Without(_full, path.Split('.'))));
    }

    [Fact]
    public void Decide_TheSame_ChangesNothing()
    {
        var decision = SpecChange.Decide(_cluster, _full with { Placement = _full.Placement with { HostLabels = new LabelSet([new("disk", "nvme")]) } });

        Assert.Empty(decision.Violations);
        Assert.Equal((_full, _cluster.Effective), (decision.Spec, decision.Effective));
    }

    [Fact]
    public void Decide_WhatNoOperationDoesYet_SaysSo()
    {
        var decision = SpecChange.Decide(_cluster, _full with { NodeCount = 5, ProxyCount = 5, Engine = Engine.PgAutoFailover });

        Assert.Equal(
            [("spec.engine", "this cannot be changed after create"), ("spec.node_count", "this is changed by adding or removing nodes (agentctl postgres cluster scale)"), ("spec.proxies.count", "this cannot be changed after create in this version: no operation does it yet")],
            decision.Violations.Select(violation => (violation.Path, violation.Message)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public void WithNodes_ChangesWhatFollowsFromIt_ButNotTheDurability(int count, bool isStrict)
    {
        var changed = SpecChange.WithNodes(_cluster with { Spec = _cluster.Spec with { Placement = new PlacementSpec() } }, count);

        Assert.Equal((count, count, isStrict, _cluster.Generation + 1), (changed.Spec.NodeCount!.Value, changed.Effective.NodeCount, changed.Effective.PlacementStrict, changed.Generation));
        Assert.Equal(_cluster.Effective.Durability, changed.Effective.Durability);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(2.9, false)]
    [InlineData(600.1, false)]
    public void Decide_HangTimeout_IsChangedAtOnceWithinItsBounds(double seconds, bool isChanged)
    {
        var decision = SpecChange.Decide(_cluster, _full with { Failover = new FailoverSpec { HangTimeout = TimeSpan.FromSeconds(seconds) } });

        Assert.Equal(isChanged ? [] : ["spec.failover.hang_timeout"], decision.Violations.Select(violation => violation.Path));
        Assert.Equal(TimeSpan.FromSeconds(seconds), decision.Effective.HangTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), SpecChange.Decide(_cluster, _full with { Failover = new FailoverSpec() }).Effective.HangTimeout);
    }

    private static IEnumerable<string> PathsOf(Type type, string prefix) =>
        type.GetProperties().SelectMany(property => property.PropertyType.Name.EndsWith("Spec", StringComparison.Ordinal) ? PathsOf(property.PropertyType, $"{prefix}{property.Name}.") : [prefix + property.Name]);

    /// <summary>A copy in which one value is not said.</summary>
    private static T Without<T>(T spec, ReadOnlySpan<string> path)
        where T : notnull
    {
        var copy = (T)spec.GetType().GetMethod("<Clone>$")!.Invoke(spec, null)!;
        var property = spec.GetType().GetProperty(path[0])!;
        var value = path.Length > 1 ? Without(property.GetValue(spec)!, path[1..]) : property.PropertyType == typeof(LabelSet) ? LabelSet.Empty : (object?)null;
        property.SetValue(copy, value); // Init-only for the compiler alone.
        return copy;
    }
}
