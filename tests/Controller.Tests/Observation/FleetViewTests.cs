using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Observation;

/// <summary>What is only observed while agents have obeyed what the store knows nothing of.</summary>
public sealed class FleetViewTests
{
    private static readonly ResourceRef _first = A.Cluster(1).Ref;
    private static readonly ResourceRef _second = A.Cluster(2).Ref;

    [Fact]
    public void IsObserveOnly_OfSomeClusters_IsTheirsUntilTheirOwnIsConfirmed()
    {
        var fleet = new FleetView();
        fleet.Note(Later("a", _first));
        fleet.Note(Later("b", _first));
        fleet.Note(Later("c", _second));

        fleet.Confirm([Later("a", _first), Later("c", _second)]);

        Assert.True(fleet.IsObserveOnly(_first));
        Assert.False(fleet.IsObserveOnly(_second));
        Assert.False(fleet.ObserveOnly);
        fleet.Confirm([Later("b", _first)]);
        Assert.False(fleet.IsObserveOnly(_first));
    }

    [Fact]
    public void IsObserveOnly_OfTheWholeStore_IsEverythingUntilItIsConfirmed()
    {
        var fleet = new FleetView();
        fleet.Note(Later("a", null));
        fleet.Note(Later("b", _first));

        Assert.True(fleet.ObserveOnly && fleet.IsObserveOnly(_second));
        fleet.Confirm([Later("a", null)]);
        Assert.False(fleet.ObserveOnly || fleet.IsObserveOnly(_second));
        Assert.True(fleet.IsObserveOnly(_first));
    }

    [Fact]
    public void Report_Earlier_IsNotKeptUnlessTheClockWasSetBack()
    {
        var fleet = new FleetView();
        ClusterObservation Of(DateTimeOffset time) => new(A.Cluster().Id, time, [], false, []);
        fleet.Report(Of(A.Time));

        fleet.Report(Of(A.Time.AddSeconds(-2)));
        Assert.Equal(A.Time, fleet.Cluster(A.Cluster().Id)!.ObservedAt);

        fleet.Report(Of(A.Time.AddHours(-1)));
        Assert.Equal(A.Time.AddHours(-1), fleet.Cluster(A.Cluster().Id)!.ObservedAt);
    }

    private static LaterCommand Later(string subject, ResourceRef? owner) => new(A.Host().Id, new Ticket(2, "lost", 40, subject, 7), owner);
}
