using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Testing;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>What holds of every placement, over random fleets and requests. A failure names its seed.</summary>
public sealed class SchedulerPropertyTests
{
    private const int CaseCount = 3000;

    [Fact]
    public void Place_RandomFleets_KeepsEveryRule() => ForEachCase((request, hosts, seed) =>
    {
        var placement = Scheduler.Place(request, hosts);

        AssertExplained(request, hosts, placement, seed);
        if (!placement.IsFeasible)
        {
            Assert.True(placement.Instances.IsEmpty, $"seed {seed}: a refused placement has no instances");
            return;
        }
        AssertComplete(request, placement, seed);
        AssertApart(request, placement, seed);
        AssertPorts(hosts, placement, seed);
        AssertSubnets(hosts, placement, seed);
    });

    [Fact]
    public void Place_HostsInAnotherOrder_SameAnswer() => ForEachCase((request, hosts, seed) =>
    {
        var shuffled = hosts.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.True(Text(Scheduler.Place(request, hosts)) == Text(Scheduler.Place(request, shuffled)), $"seed {seed}: the order of the hosts decides");
    });

    [Fact]
    public void Place_RandomFleets_AreOfBothSorts()
    {
        var (feasible, refused) = (0, 0);
        ForEachCase((request, hosts, _) => _ = Scheduler.Place(request, hosts).IsFeasible ? feasible++ : refused++);

        Assert.InRange(feasible, CaseCount / 5, CaseCount);
        Assert.InRange(refused, CaseCount / 5, CaseCount);
    }

    private static void AssertExplained(PlacementRequest request, IReadOnlyList<HostCandidate> hosts, Placement placement, int seed)
    {
        Assert.True(
            placement.Hosts.Select(host => host.Host).SequenceEqual(hosts.Where(host => host.Host.Project == request.Project).Select(host => host.Host.Name).Order(StringComparer.Ordinal)),
            $"seed {seed}: every host of the project is explained");
        Assert.True(placement.Hosts.All(host => host.Feasible == host.Reasons.IsEmpty), $"seed {seed}: a host is passed over with a reason, and only then");
        var feasible = placement.Hosts.Where(host => host.Feasible).Select(host => host.Host).ToHashSet(StringComparer.Ordinal);
        var names = hosts.ToDictionary(host => host.Host.Id, host => host.Host.Name);
        Assert.True(placement.Instances.All(instance => feasible.Contains(names[instance.HostId])), $"seed {seed}: only feasible hosts are taken");
    }

    private static void AssertComplete(PlacementRequest request, Placement placement, int seed)
    {
        var spec = request.Spec;
        Assert.True(
            placement.Instances.Count(instance => instance.Kind == InstanceKind.Postgres) == spec.NodeCount
            && placement.Instances.Count(instance => instance.Kind == InstanceKind.Etcd) == spec.CoordinatorCount
            && placement.Instances.Count(instance => instance.Kind == InstanceKind.Haproxy) == spec.ProxyCount,
            $"seed {seed}: everything is placed");
        Assert.True(
            placement.Instances.Select(instance => instance.Ordinal).SequenceEqual(Enumerable.Range(request.FirstOrdinal, placement.Instances.Length)),
            $"seed {seed}: ordinals follow each other");
        Assert.True(placement.Instances.Select(instance => instance.Id).Distinct().Count() == placement.Instances.Length, $"seed {seed}: ids differ");
        Assert.True(placement.Instances.All(instance => instance.PlacementReason.Length > 0), $"seed {seed}: every choice has its reason");
    }

    private static void AssertApart(PlacementRequest request, Placement placement, int seed)
    {
        var shared = placement.Instances
            .Where(instance => instance.Kind != InstanceKind.Haproxy)
            .GroupBy(instance => (instance.HostId, instance.Kind))
            .Any(group => group.Count() > 1);
        Assert.False(request.Spec.PlacementStrict && shared, $"seed {seed}: two nodes or members of a strict cluster share a host");
        Assert.True(!shared || !placement.Warnings.IsEmpty, $"seed {seed}: a shared host has a warning");
    }

    private static void AssertPorts(IReadOnlyList<HostCandidate> hosts, Placement placement, int seed)
    {
        foreach (var group in placement.Instances.GroupBy(instance => instance.HostId))
        {
            var host = hosts.Single(candidate => candidate.Host.Id == group.Key);
            var ports = group.SelectMany(instance => instance.Ports.Values).ToList();
            Assert.True(ports.Distinct().Count() == ports.Count, $"seed {seed}: a port is given twice on {host.Host.Name}");
            Assert.True(ports.All(port => port >= host.Host.PortFirst && port <= host.Host.PortLast), $"seed {seed}: a port is outside the range of {host.Host.Name}");
            Assert.False(host.UsedPorts.Overlaps(ports), $"seed {seed}: a used port is given on {host.Host.Name}");
        }
        Assert.True(
            placement.Instances.All(instance => instance.Ports.Keys.Order(StringComparer.Ordinal).SequenceEqual(instance.Profile.Ports.Select(port => port.Name).Order(StringComparer.Ordinal))),
            $"seed {seed}: every port of a kind is given");
    }

    private static void AssertSubnets(IReadOnlyList<HostCandidate> hosts, Placement placement, int seed)
    {
        foreach (var group in placement.Instances.GroupBy(instance => instance.HostId))
        {
            var host = hosts.Single(candidate => candidate.Host.Id == group.Key);
            var subnet = group.Select(instance => instance.Subnet).Distinct().Single();
            Assert.False(host.UsedSubnets.Contains(subnet), $"seed {seed}: a used subnet is given on {host.Host.Name}");
        }
    }

    private static string Text(Placement placement) => string.Join(
        '\n',
        placement.Instances.Select(instance => $"{instance.Id} {instance.HostId} {instance.Subnet} {string.Join(',', instance.Ports)} {instance.PlacementReason}")
            .Concat(placement.Warnings)
            .Append(placement.Problem)
            .Concat(placement.Hosts.Select(host => $"{host.Host} {host.Feasible} {string.Join(',', host.Reasons)}")));

    private static void ForEachCase(Action<PlacementRequest, IReadOnlyList<HostCandidate>, int> check)
    {
        for (var seed = 1; seed <= CaseCount; seed++)
        {
            var random = new Random(seed);
            check(RandomRequest(random), [.. Enumerable.Range(1, random.Next(0, 9)).Select(number => RandomHost(random, number))], seed);
        }
    }

    private static PlacementRequest RandomRequest(Random random)
    {
        var spec = new PostgresClusterSpec
        {
            NodeCount = random.Next(1, 6),
            ProxyCount = random.Next(1, 4),
            Placement = new PlacementSpec
            {
                Strict = random.Next(3) == 0 ? null : random.Next(2) == 0,
                HostLabels = random.Next(5) == 0 ? new LabelSet([new("zone", "a")]) : LabelSet.Empty,
            },
        };
        return Candidate.Request(spec, hostCount: 3, firstOrdinal: random.Next(1, 50));
    }

    private static HostCandidate RandomHost(Random random, int number)
    {
        var first = 20000 + random.Next(3);
        var last = first + (random.Next(4) == 0 ? random.Next(0, 12) : 40);
        return Candidate.Ready(number) with
        {
            Host = A.Host(number) with
            {
                PortFirst = first,
                PortLast = last,
                Cordoned = random.Next(12) == 0,
                Project = random.Next(15) == 0 ? "other" : "default",
                NetworkPool = random.Next(6) == 0 ? "10.210.0.0/28" : "10.210.0.0/26",
                Labels = new LabelSet([new("zone", random.Next(3) == 0 ? "b" : "a")]),
            },
            State = random.Next(12) == 0 ? HostState.Suspect : HostState.Ready,
            StateReason = "chance",
            Facts = random.Next(20) == 0 ? null : A.Facts() with { DiskFreeBytes = (long)random.Next(3, 120) << 30 },
            ReservedMemoryBytes = (long)random.Next(0, 17) << 29,
            InstanceCount = random.Next(0, 30),
            UsedPorts = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => first + random.Next(0, 40))],
            UsedSubnets = random.Next(2) == 0 ? [] : ["10.210.0.0/28"],
        };
    }
}
