using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>
/// Chooses a host, ports and a network for every instance of a new cluster, or for those that it lacks: filters first, then spread. Deterministic: the same request and the same hosts,
/// in any order, give the same answer. Nodes go to different hosts, and so do etcd members; where that cannot be, the answer is a problem
/// or, with placement.strict off, a warning.
/// </summary>
public static class Scheduler
{
    /// <summary>Places all instances, or none.</summary>
    public static Placement Place(PlacementRequest request, IEnumerable<HostCandidate> hosts)
    {
        var candidates = hosts.Where(candidate => candidate.Host.Project == request.Project).OrderBy(candidate => candidate.Host.Name, StringComparer.Ordinal).ToList();
        var explanations = candidates.Select(candidate => ExplanationOf(candidate, request.Spec)).ToImmutableArray();
        var ledgers = candidates.Zip(explanations).Where(pair => pair.Second.Feasible).Select(pair => new HostLedger(pair.First, request.Spec, [.. request.Present.Where(instance => instance.HostId == pair.First.Host.Id)])).ToList();

        if (ProblemOf(request, candidates.Count, ledgers.Count) is { } problem)
            return Infeasible(problem, explanations);

        var instances = new List<Instance>();
        foreach (var kind in KindsOf(request))
        {
            var ordinal = request.FirstOrdinal + instances.Count;
            if (PlaceOne(request, kind, ordinal, ledgers) is not { } instance)
                return NoRoom(request, kind, ledgers, explanations);
            instances.Add(instance);
        }

        return new Placement { Instances = [.. instances], Problem = null, Warnings = WarningsOf(ledgers), Hosts = explanations };
    }

    private static HostExplanation ExplanationOf(HostCandidate candidate, EffectiveSpec spec)
    {
        var reasons = HostFilters.Explain(candidate, spec).ToImmutableArray();
        return new HostExplanation(candidate.Host.Name, reasons.IsEmpty, reasons);
    }

    private static string? ProblemOf(PlacementRequest request, int hosts, int feasible)
    {
        var spec = request.Spec;
        if (feasible == 0)
            return hosts == 0
                ? "the project has no host: make a join token (agentctl token create) and start an agent with it on each host"
                : hosts == 1 ? "the one host that there is cannot be used; the reasons stand with it" : $"none of the {hosts} hosts can be used; the reasons stand with each host";

        var parts = EngineTable.Of(spec.Engine).PartsOf(spec).Where(part => KindProfile.Of(part.Kind).IsSpread).ToList();
        var needed = parts.Max(part => part.Count);
        if (!spec.PlacementStrict || feasible >= needed || request.Present.Count > 0) // What is there may be on hosts that take nothing now; then each host says why nothing more goes there.
            return null;
        return $"{needed} hosts are needed ({string.Join(" and ", parts.Select(part => Counted.Of(part.Count, KindProfile.Of(part.Kind).Noun, KindProfile.Of(part.Kind).Nouns)))}, each kind on different hosts) and {feasible} can be used: "
            + "add hosts, ask for fewer nodes, or set placement.strict to false and accept that the loss of one host may stop the cluster";
    }

    /// <summary>What is missing, in the order of ordinals.</summary>
    private static IEnumerable<KindProfile> KindsOf(PlacementRequest request) => EngineTable.Of(request.Spec.Engine).PartsOf(request.Spec)
        .SelectMany(part => Enumerable.Repeat(KindProfile.Of(part.Kind), Math.Max(0, part.Count - request.Present.Count(instance => instance.Kind == part.Kind))));

    private static Instance? PlaceOne(PlacementRequest request, KindProfile kind, int ordinal, IReadOnlyList<HostLedger> ledgers)
    {
        // Spread: fewest of the same kind here, then fewest of the cluster, then the least reserved memory, then the fewest instances; the name decides the rest.
        var ranked = ledgers
            .OrderBy(ledger => ledger.CountOf(kind.Kind))
            .ThenBy(ledger => kind.IsNode ? 0 : ledger.Count)
            .ThenBy(ledger => ledger.MemoryReserved)
            .ThenBy(ledger => ledger.OtherInstances)
            .ThenBy(ledger => ledger.Host.Name, StringComparer.Ordinal);

        var chosen = ranked.FirstOrDefault(ledger => !ledger.Lacks(kind).Any());
        if (chosen is null)
            return null;
        var reason = ReasonOf(chosen, kind, ledgers.Count);
        var (ports, subnet) = chosen.Take(kind);
        return InstanceOf(request, kind, ordinal, chosen.Host, ports, subnet, reason);
    }

    private static string ReasonOf(HostLedger ledger, KindProfile kind, int feasible) => string.Create(
        CultureInfo.InvariantCulture,
        $"of {Counted.Of(feasible, "feasible host")} it has the fewest of this kind ({ledger.CountOf(kind.Kind)}); {Counted.Of(ledger.Count, "instance")} of this cluster, "
        + $"{ledger.OtherInstances} of others, {HostLedger.Size(ledger.MemoryReserved)} of its memory reserved");

    private static Instance InstanceOf(
        PlacementRequest request, KindProfile kind, int ordinal, Host host, ImmutableSortedDictionary<string, int> ports, string subnet, string reason) => new()
        {
            Id = InstanceId.Derive(request.Owner, kind.Kind, ordinal),
            Owner = request.Owner,
            HostId = host.Id,
            Kind = kind.Kind,
            Ordinal = ordinal,
            Member = kind.MemberOf(request.Name, ordinal),
            ClusterAddress = host.ClusterAddress,
            ClientAddress = host.ClientAddress,
            Ports = ports,
            Subnet = subnet,
            Generation = 1,
            Revision = request.Revision,
            ImageLabel = request.Images.Find(kind.Kind)?.Label ?? throw new InvalidOperationException($"image set {request.Images.Version} has no image for {kind.Word}"),
            PlacementReason = reason,
        };

    private static ImmutableArray<string> WarningsOf(IReadOnlyList<HostLedger> ledgers) =>
    [
        .. from ledger in ledgers
           from kind in KindProfile.All
           where ledger.CountOf(kind.Kind) > 1
           select $"{ledger.CountOf(kind.Kind)} {kind.Nouns} share host {ledger.Host.Name}: its loss takes them all away",
    ];

    /// <summary>No host has room for one more of a kind: what each that passed the filters lacks stands with it, beside what the others did not pass.</summary>
    private static Placement NoRoom(PlacementRequest request, KindProfile kind, IReadOnlyList<HostLedger> ledgers, ImmutableArray<HostExplanation> explanations)
    {
        var lacks = ledgers.ToDictionary(ledger => ledger.Host.Name, ledger => ledger.Lacks(kind).ToImmutableArray(), StringComparer.Ordinal);
        var part = EngineTable.Of(request.Spec.Engine).PartsOf(request.Spec).First(part => part.Kind == kind.Kind);
        var wanted = part.Count == 1 ? $"the {kind.Noun}" : $"one more of the {part.Count} {kind.Nouns}";
        return Infeasible(
            $"no host has room for {wanted}; the reasons stand with each host",
            [.. explanations.Select(host => host.Feasible ? new HostExplanation(host.Host, Feasible: false, lacks[host.Host]) : host)]);
    }

    private static Placement Infeasible(string problem, ImmutableArray<HostExplanation> explanations) =>
        new() { Instances = [], Problem = problem, Warnings = [], Hosts = explanations };
}
