using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;
using Agents.Testing;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>Each filter passes a host over with a sentence of its own.</summary>
public sealed class HostFiltersTests
{
    private static readonly HostCandidate _host = Candidate.Ready(1);

    [Fact]
    public void Place_UsualHost_IsFeasible()
    {
        var explanation = Explain(_host);

        Assert.True(explanation.Feasible);
        Assert.Empty(explanation.Reasons);
        Assert.Equal("h1", explanation.Host);
    }

    [Fact]
    public void Place_NotReady_IsSaid()
    {
        Assert.Equal(["it is suspect: its link was lost at 2026-03-01 12:00:00Z"], Reasons(_host with { State = HostState.Suspect, StateReason = "its link was lost at 2026-03-01 12:00:00Z" }));
        Assert.Equal(["it is disconnected: silence"], Reasons(_host with { State = HostState.Disconnected, StateReason = "silence" }));
    }

    [Fact]
    public void Place_Cordoned_IsSaid() => Assert.Equal(["it is cordoned"], Reasons(_host with { Host = _host.Host with { Cordoned = true } }));

    [Fact]
    public void Place_Labels_AreSaidOneByOne()
    {
        var spec = Spec(new PostgresClusterSpec { Placement = new PlacementSpec { HostLabels = new LabelSet([new("disk", "ssd"), new("zone", "b")]) } });

        Assert.Equal(["it has no label disk=ssd", "its label zone is a, not b"], Reasons(_host, spec));
    }

    [Fact]
    public void Place_NoFacts_IsSaid() => Assert.Equal(["its agent has not reported what the host is made of"], Reasons(_host with { Facts = null }));

    [Fact]
    public void Place_Architecture_IsSaid() =>
        Assert.Equal(["its architecture is arm64; the images are for amd64"], Reasons(_host with { Facts = A.Facts() with { Architecture = "arm64" } }));

    [Fact]
    public void Place_TooFewProcessors_IsSaid()
    {
        Assert.Empty(Reasons(_host, Spec(new PostgresClusterSpec { Resources = new ResourcesSpec { CpuMilli = 4000 } })));
        Assert.Equal(
            ["a node may use 4001 thousandths of a processor and the host has 4 processors"],
            Reasons(_host, Spec(new PostgresClusterSpec { Resources = new ResourcesSpec { CpuMilli = 4001 } })));
    }

    [Fact]
    public void Place_ManyReasons_AreAllSaid()
    {
        var host = _host with { State = HostState.Suspect, StateReason = "x", Host = _host.Host with { Cordoned = true }, Facts = A.Facts() with { Architecture = "arm64" } };

        Assert.Equal(3, Reasons(host).Count);
    }

    private static EffectiveSpec Spec(PostgresClusterSpec spec) => SpecDefaults.Apply(spec, 3);

    private static HostExplanation Explain(HostCandidate host, EffectiveSpec? spec = null) =>
        Scheduler.Place(Candidate.Request() with { Spec = spec ?? Spec(new PostgresClusterSpec()) }, [host, Candidate.Ready(2), Candidate.Ready(3)]).Hosts[0];

    private static IReadOnlyList<string> Reasons(HostCandidate host, EffectiveSpec? spec = null) => [.. Explain(host, spec).Reasons];
}
