using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>
/// Chooses a host, ports and a network for every instance of a new cluster: filters first, then spread. Deterministic: the same request and the same hosts,
/// in any order, give the same answer. Nodes go to different hosts, and so do etcd members; where that cannot be, the answer is a problem
/// or, with placement.strict off, a warning.
/// </summary>
public static class Scheduler
{
    private static readonly InstanceKind[] _kinds = [InstanceKind.Postgres, InstanceKind.Etcd, InstanceKind.Haproxy];

    /// <summary>Places all instances, or none.</summary>
    public static Placement Place(PlacementRequest request, IEnumerable<HostCandidate> hosts)
    {
        var candidates = hosts.Where(candidate => candidate.Host.Project == request.Project).OrderBy(candidate => candidate.Host.Name, StringComparer.Ordinal).ToList();
        var explanations = candidates.Select(candidate => ExplanationOf(candidate, request.Spec)).ToImmutableArray();
        var ledgers = candidates.Zip(explanations).Where(pair => pair.Second.Feasible).Select(pair => new HostLedger(pair.First)).ToList();

        if (ProblemOf(request.Spec, candidates.Count, ledgers.Count) is { } problem)
            return Infeasible(problem, explanations);

        var instances = new List<Instance>();
        foreach (var kind in KindsOf(request.Spec))
        {
            var ordinal = request.FirstOrdinal + instances.Count;
            if (PlaceOne(request, kind, ordinal, ledgers) is not { } instance)
                return Infeasible(OutOfPorts(kind, ledgers), explanations);
            instances.Add(instance);
        }

        return new Placement { Instances = [.. instances], Problem = null, Warnings = WarningsOf(ledgers), Hosts = explanations };
    }

    private static HostExplanation ExplanationOf(HostCandidate candidate, EffectiveSpec spec)
    {
        var reasons = HostFilters.Explain(candidate, spec).ToImmutableArray();
        return new HostExplanation(candidate.Host.Name, reasons.IsEmpty, reasons);
    }

    private static string? ProblemOf(EffectiveSpec spec, int hosts, int feasible)
    {
        if (feasible == 0)
            return hosts == 0
                ? "the project has no host: make a join token (agentctl token create) and start an agent with it on each host"
                : $"none of the {hosts} hosts can be used; the reasons stand with each host";

        var needed = Math.Max(spec.NodeCount, spec.EtcdCount);
        if (!spec.PlacementStrict || feasible >= needed)
            return null;
        return $"{needed} hosts are needed ({spec.NodeCount} nodes and {spec.EtcdCount} etcd members, each kind on different hosts) and {feasible} can be used: "
            + "add hosts, ask for fewer nodes, or set placement.strict to false and accept that the loss of one host may stop the cluster";
    }

    private static IEnumerable<InstanceKind> KindsOf(EffectiveSpec spec) =>
        Enumerable.Repeat(InstanceKind.Postgres, spec.NodeCount)
            .Concat(Enumerable.Repeat(InstanceKind.Etcd, spec.EtcdCount))
            .Concat(Enumerable.Repeat(InstanceKind.Haproxy, spec.ProxyCount));

    private static Instance? PlaceOne(PlacementRequest request, InstanceKind kind, int ordinal, IReadOnlyList<HostLedger> ledgers)
    {
        // Spread: fewest of the same kind here, then fewest of the cluster, then the least used memory, then the fewest instances; the name decides the rest.
        var ranked = ledgers
            .OrderBy(ledger => ledger.CountOf(kind))
            .ThenBy(ledger => kind == InstanceKind.Postgres ? 0 : ledger.Count)
            .ThenBy(ledger => ledger.MemoryUseMilli(request.Spec.MemoryBytes))
            .ThenBy(ledger => ledger.OtherInstances)
            .ThenBy(ledger => ledger.Host.Name, StringComparer.Ordinal);

        foreach (var ledger in ranked)
        {
            if (request.Spec.PlacementStrict && kind != InstanceKind.Haproxy && ledger.CountOf(kind) > 0)
                continue;
            if (ledger.Subnet() is not { } subnet || !ledger.TryTakePorts(InstancePorts.Of(kind), out var ports))
                continue;

            var reason = ReasonOf(ledger, kind, request.Spec, ledgers.Count);
            ledger.Note(kind);
            return InstanceOf(request, kind, ordinal, ledger.Host, ports, subnet, reason);
        }

        return null;
    }

    private static string ReasonOf(HostLedger ledger, InstanceKind kind, EffectiveSpec spec, int feasible) => string.Create(
        CultureInfo.InvariantCulture,
        $"of {feasible} feasible hosts it has the fewest of this kind ({ledger.CountOf(kind)}); {ledger.Count} instances of this cluster, "
        + $"{ledger.OtherInstances} of others, {ledger.MemoryUseMilli(spec.MemoryBytes) / 10} % of its memory reserved");

    private static Instance InstanceOf(
        PlacementRequest request, InstanceKind kind, int ordinal, Host host, ImmutableSortedDictionary<string, int> ports, string subnet, string reason) => new()
        {
            Id = InstanceId.Derive(request.ClusterId, kind, ordinal),
            ClusterId = request.ClusterId,
            HostId = host.Id,
            Kind = kind,
            Ordinal = ordinal,
            Member = MemberNames.Of(request.Name, kind, ordinal),
            ClusterAddress = host.ClusterAddress,
            ClientAddress = host.ClientAddress,
            Ports = ports,
            Subnet = subnet,
            Generation = 1,
            PlacementReason = reason,
        };

    private static ImmutableArray<string> WarningsOf(IReadOnlyList<HostLedger> ledgers) =>
    [
        .. from ledger in ledgers
           from kind in _kinds
           where ledger.CountOf(kind) > 1
           select $"{ledger.CountOf(kind)} {NounOf(kind)} share host {ledger.Host.Name}: its loss takes them all away",
    ];

    private static string NounOf(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => "nodes",
        InstanceKind.Etcd => "etcd members",
        _ => "proxies",
    };

    private static string OutOfPorts(InstanceKind kind, IReadOnlyList<HostLedger> ledgers) =>
        $"no feasible host has {InstancePorts.Of(kind).Count} free ports and a free network for one of the {NounOf(kind)}: widen the agents' port range or network pool ("
        + string.Join("; ", ledgers.Select(ledger => $"{ledger.Host.Name}: {ledger.FreePorts()}, {(ledger.Subnet() is null ? $"no network left in {ledger.Host.NetworkPool}" : "a network is free")}")) + ")";

    private static Placement Infeasible(string problem, ImmutableArray<HostExplanation> explanations) =>
        new() { Instances = [], Problem = problem, Warnings = [], Hosts = explanations };
}
