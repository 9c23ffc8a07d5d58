using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.V1;
using Agents.Words;
using ContainerState = Agents.V1.ContainerState;
using HostState = Agents.Domain.Model.HostState;
using InstanceWant = Agents.V1.InstanceWant;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Agents.Controller.Tests.Observation;

/// <summary>What an agent that is wrong, or another's, can do to the controller with its reports: say nonsense of its own host, and nothing else.</summary>
public sealed class HostileReportTests
{
    private static readonly HostId s_host = A.Host().Id;
    private static readonly HostId s_other = A.Host(2).Id;

    [Fact]
    public void Apply_MoreThanIsTaken_IsCutAndTheHostHasAWarning()
    {
        var snapshot = new HostSnapshot { DockerReachable = true };
        for (var number = 0; number < 5000; number++)
        {
            snapshot.Containers.Add(Container($"c{number}"));
            snapshot.Instances.Add(new V1.Instance { InstanceId = Guid.NewGuid().ToString() });
            snapshot.Volumes.Add(new Volume { Name = $"v{number}" });
            snapshot.Networks.Add(new Network { Name = $"n{number}" });
        }

        var seen = Apply(New(), new WatchEventsResponse { Snapshot = snapshot });
        seen = Apply(seen, Change(Container("one more")));
        seen = Apply(seen, new WatchEventsResponse { Instance = new V1.Instance { InstanceId = Guid.NewGuid().ToString() } });

        Assert.Equal((2000, 2000, 2000, 500), (seen.Containers.Count, seen.Instances.Count, seen.Volumes.Count, seen.Networks.Count));
        Assert.Contains("more than is taken", Assert.Single(HostWarnings.Of(seen)), StringComparison.Ordinal);
        Assert.Empty(HostWarnings.Of(Apply(seen, new WatchEventsResponse { Snapshot = new HostSnapshot { DockerReachable = true } })));
    }

    [Fact]
    public void Apply_EventsBeyondTheBound_AreNotTaken()
    {
        var seen = New();
        for (var number = 0; number < 2100; number++)
            seen = Apply(seen, Change(Container($"c{number}")));

        Assert.Equal((2000, true), (seen.Containers.Count, seen.IsTruncated));
        seen = Apply(seen, Change(Container("c7", ContainerState.Exited)));
        Assert.Equal(Domain.Health.ContainerState.Exited, seen.Containers["c7"].State);
    }

    [Fact]
    public void Apply_EndOfAContainer_IsALifeOnlyWithTimesThatAreSome()
    {
        var (started, finished) = (new Timestamp { Seconds = 100, Nanos = 123_456_700 }, new Timestamp { Seconds = 200 });
        var ended = Container("c1", ContainerState.Exited);
        (ended.Id, ended.StartedAt, ended.FinishedAt) = ("id", started, finished);

        Assert.Equal(new Domain.Health.ContainerLife("id", started.ToDateTimeOffset(), finished.ToDateTimeOffset()), EndedOf(ended));
        ended.FinishedAt = new Timestamp { Seconds = long.MaxValue };
        Assert.Null(EndedOf(ended));
        ended.FinishedAt = null;
        Assert.Null(EndedOf(ended));
        (ended.FinishedAt, ended.State) = (finished, ContainerState.Running);
        Assert.Null(EndedOf(ended));

        static Domain.Health.ContainerLife? EndedOf(Container container) => Apply(New(), Change(container)).Containers["c1"].Ended;
    }

    [Fact]
    public void Apply_LongTexts_AreCut()
    {
        var text = new string('x', 1_000_000);
        var id = Guid.NewGuid().ToString();
        var snapshot = new HostSnapshot
        {
            DockerReachable = true,
            Containers = { Container(text) },
            Instances = { new V1.Instance { InstanceId = id, ConfigHash = text, StartError = text } },
            Volumes = { new Volume { Name = text } },
            Networks = { new Network { Name = text } },
        };

        var seen = Apply(New(), new WatchEventsResponse { Snapshot = snapshot });
        var facts = ObservationMapper.Map(new V1.HostFacts { Hostname = text, Warnings = { Enumerable.Repeat(text, 100) }, MemoryBytes = -1, Docker = new DockerFacts { Error = text } }, A.Time, A.Time);

        var record = Assert.Single(seen.Instances.Values);
        string[] texts =
        [
            .. seen.Containers.Keys, .. seen.Volumes, .. seen.Networks, record.ConfigHash, record.StartError, facts.Hostname, facts.DockerError, .. facts.Warnings, seen.Containers.Values.First().ControllerId,
        ];
        Assert.All(texts, found => Assert.InRange(found.Length, 0, 4096));
        Assert.Equal((0, 20), (facts.MemoryBytes, facts.Warnings.Length));
        Assert.Equal(20, HostWarnings.Of(New() with { Facts = A.Facts() with { Warnings = facts.Warnings } }).Count());
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, -1)]
    public void Map_FactsThatNoHostHas_AreWithinBoundsAndTheClockIsLeftOut(long seconds, int nanos)
    {
        var facts = ObservationMapper.Map(
            new V1.HostFacts
            {
                Clock = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = seconds, Nanos = nanos },
                Cpus = int.MaxValue,
                MemoryBytes = long.MaxValue,
                MemoryAvailableBytes = long.MaxValue,
                DiskBytes = long.MaxValue,
                DiskFreeBytes = long.MinValue,
            },
            A.Time,
            A.Time);

        Assert.Equal((A.Time, TimeSpan.Zero), (facts.Clock, facts.ClockOffset));
        Assert.Equal((100_000, 1L << 56, 1L << 56, 1L << 56, 0), (facts.Cpus, facts.MemoryBytes, facts.MemoryAvailableBytes, facts.DiskBytes, facts.DiskFreeBytes));
    }

    [Fact]
    public void Apply_NamesTwiceAndMessagesWithoutContent_ChangeOnlyThemselves()
    {
        var id = Guid.NewGuid().ToString();
        var snapshot = new HostSnapshot
        {
            DockerReachable = true,
            Containers = { Container("c1"), Container("c1", ContainerState.Exited) },
            Instances = { new V1.Instance { InstanceId = id, Want = InstanceWant.Running }, new V1.Instance { InstanceId = id, Want = InstanceWant.Stopped }, new V1.Instance { InstanceId = "x" } },
        };

        var seen = Apply(New(), new WatchEventsResponse { Snapshot = snapshot });
        seen = Apply(seen, new WatchEventsResponse { Container = new ContainerEvent() });
        seen = Apply(seen, new WatchEventsResponse { Instance = new V1.Instance() });
        seen = Apply(seen, new WatchEventsResponse());

        Assert.Equal(Domain.Health.ContainerState.Exited, Assert.Single(seen.Containers.Values).State);
        Assert.Equal(Domain.Health.InstanceWant.Stopped, Assert.Single(seen.Instances.Values).Want);
    }

    [Fact]
    public void Apply_EveryStateAndWant_IsMapped_AndNumbersWithoutANameAreUnknown()
    {
        foreach (var state in Enum.GetValues<ContainerState>())
            Assert.Equal(state == ContainerState.Unspecified ? "Unknown" : state.ToString(), StateOf(state).ToString());
        foreach (var want in Enum.GetValues<InstanceWant>())
            Assert.Equal(want.ToString(), WantOf(want).ToString());
        Assert.Equal(Domain.Health.ContainerState.Unknown, StateOf((ContainerState)4711));
        Assert.Equal(Domain.Health.InstanceWant.Unspecified, WantOf((InstanceWant)4711));
    }

    [Fact]
    public void Apply_ReportAboutAnotherHostsInstance_ChangesNothingOfThatHost()
    {
        var fleet = new FleetView();
        var id = Guid.NewGuid().ToString();
        fleet.Update(s_host, _ => Apply(New(), Snapshot(id, InstanceWant.Running, ContainerState.Running)));

        fleet.Update(s_other, seen => Apply(seen, Snapshot(id, InstanceWant.Fenced, ContainerState.Exited)));
        fleet.Update(s_other, seen => Apply(seen, Change(Container("orders-1", ContainerState.Dead), removed: true)));

        var observed = fleet.Host(s_host);
        Assert.Equal(Domain.Health.InstanceWant.Running, Assert.Single(observed.Instances.Values).Want);
        Assert.Equal(Domain.Health.ContainerState.Running, Assert.Single(observed.Containers.Values).State);
    }

    [Fact]
    public void Apply_DockerAway_MakesTheHostSuspectUntilItsNextSnapshot()
    {
        var ready = HostStates.Judge(Apply(New() with { Facts = A.Facts() }, new WatchEventsResponse { Snapshot = new HostSnapshot { DockerReachable = true } }));
        Assert.Equal(HostState.Ready, ready.State);

        var lost = HostStates.Judge(Apply(ready, new WatchEventsResponse { Docker = new DockerReachability { Reachable = false, Error = "it hangs" } }));
        Assert.Equal((HostState.Suspect, "Docker does not answer: it hangs", false), (lost.State, lost.StateReason, lost.IsCurrent));

        var back = HostStates.Judge(Apply(lost, new WatchEventsResponse { Docker = new DockerReachability { Reachable = true } }));
        Assert.Equal(HostState.Suspect, back.State);
        Assert.Equal(HostState.Ready, HostStates.Judge(Apply(back, new WatchEventsResponse { Snapshot = new HostSnapshot { DockerReachable = true } })).State);
        Assert.Null(Apply(New(), new WatchEventsResponse { Docker = new DockerReachability() }).Facts);
    }

    private static HostObservation New() => HostObservation.NeverHeard(s_host);

    private static HostObservation Apply(HostObservation seen, WatchEventsResponse response) => ObservationMapper.Apply(seen, response);

    private static Domain.Health.ContainerState StateOf(ContainerState state) => Apply(New(), Change(Container("c", state))).Containers["c"].State;

    private static Domain.Health.InstanceWant WantOf(InstanceWant want) =>
        Apply(New(), new WatchEventsResponse { Instance = new V1.Instance { InstanceId = Guid.NewGuid().ToString(), Want = want } }).Instances.Values.Single().Want;

    private static WatchEventsResponse Snapshot(string instanceId, InstanceWant want, ContainerState state) => new()
    {
        Snapshot = new HostSnapshot
        {
            DockerReachable = true,
            Containers = { Container("orders-1", state) },
            Instances = { new V1.Instance { InstanceId = instanceId, Want = want } },
        },
    };

    private static WatchEventsResponse Change(Container container, bool removed = false) => new() { Container = new ContainerEvent { Container = container, Removed = removed } };

    private static Container Container(string name, ContainerState state = ContainerState.Running) =>
        new() { Name = name, State = state, Labels = { [ObjectLabels.Controller] = new string('c', 5000) } };
}
