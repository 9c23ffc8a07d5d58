using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Domain.Planning;

/// <summary>What verbs on a cluster would do. What they are refused for is no plan: that is decided where they are begun.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Instances">Its instances.</param>
/// <param name="Seen">What its engine said last; null where that is too old to count.</param>
/// <param name="Away">The names of those of its hosts that are away, by their ids.</param>
public sealed record VerbPlans(Cluster Cluster, IReadOnlyList<Instance> Instances, ClusterObservation? Seen, IReadOnlyDictionary<HostId, string> Away)
{
    private IEnumerable<Instance> Nodes => Instances.Where(instance => instance.Profile.IsNode);

    /// <summary>Of a stop.</summary>
    public VerbPlan OfStop() => Of(
        OperationKinds.PostgresClusterStop,
        [
            Seen?.Primary is { } primary ? $"{primary} takes writes now and is stopped last; all sessions end" : "no primary is seen: of who leads only what each node says at its stop will be known",
            .. WaitingFor("stopped"),
        ]);

    /// <summary>Of a start.</summary>
    public VerbPlan OfStart(StartArguments arguments)
    {
        var primary = Nodes.FirstOrDefault(node => node.Id == arguments.Primary);
        return Of(
            OperationKinds.PostgresClusterStart,
            [
                primary is null ? "nobody knows which node took the writes: the engine chooses"
                    : !Away.TryGetValue(primary.HostId, out var host) ? $"{primary.Member}, which took the writes, is started first and alone until it leads"
                    : Cluster.Effective.Durability == Durability.Async ? $"{primary.Member}, which took the writes, is on {host}, which is away: with durability async the others may lack what was acknowledged, and wait for it"
                    : $"{primary.Member}, which took the writes, is on {host}, which is away: the engine chooses among the others",
                .. WaitingFor("started"),
            ]);
    }

    /// <summary>Of a switchover.</summary>
    public VerbPlan OfSwitchover(SwitchoverArguments arguments) => Of(OperationKinds.PostgresClusterSwitchover, [HandOver(arguments)]);

    /// <summary>Of a restart.</summary>
    public VerbPlan OfRestart(SwitchoverArguments arguments)
    {
        var replicas = Nodes.Where(node => node.Id != arguments.From).Select(node => node.Member).ToList();
        return replicas.Count == 0 ? Of(OperationKinds.PostgresClusterRestart, [$"{NameOf(arguments.From)} is alone: there is no database while it restarts"])
            : Of(OperationKinds.PostgresClusterRestart, [$"one at a time, each only while all stream: {string.Join(", ", replicas)}; its reads go elsewhere before, and sessions that rest for more than 30 s end", HandOver(arguments)]);
    }

    /// <summary>Of replicas that are added.</summary>
    /// <param name="placement">Where they go.</param>
    /// <param name="hostNames">The names of the hosts.</param>
    public VerbPlan OfAddNodes(Placement placement, IReadOnlyDictionary<HostId, string> hostNames) => Of(
        OperationKinds.PostgresClusterAddNodes,
        [
            .. placement.Instances.Select(node => $"{node.Member} on {hostNames[node.HostId]}: {node.PlacementReason}"),
            $"each copies the data from {Seen?.Primary ?? "the primary"}; the proxies send it sessions that only read when it streams",
            .. Cluster.Effective.Durability == Durability.Async && Nodes.Count() == 1 ? ["commits wait for no replica: the durability stays async, as it is"] : Array.Empty<string>(),
            .. placement.Warnings,
        ]);

    /// <summary>Of replicas that are taken out.</summary>
    public VerbPlan OfRemoveNodes(IReadOnlyList<(Instance Node, string Why)> leaving) => Of(
        OperationKinds.PostgresClusterRemoveNodes,
        [
            .. leaving.Select(node => $"{node.Node.Member} goes: {node.Why}"),
            "the proxies send them nobody any more; sessions that read there are waited for, 30 s at most",
            .. leaving.Select(node => node.Node).Select(node => Away.TryGetValue(node.HostId, out var host) ? $"{node.Member}: its data stays on {host} until a person removes it, all else goes when {host} is back"
                : Seen?.Members.Any(member => member.Name == node.Member && member.State == "streaming") == true ? $"the data of {node.Member} is a copy, and is removed with it"
                : $"{node.Member}: its data may be no copy, and stays until a person removes it (agentctl host get)"),
        ]);

    private VerbPlan Of(string kind, IEnumerable<string> notes) => new(EngineTable.Of(Cluster.Effective.Engine).StepsOf(kind), [.. notes]);

    private string HandOver(SwitchoverArguments arguments)
    {
        var to = arguments.To is { } target ? $"{NameOf(target)} ({StateOf(NameOf(target))})"
            : $"the one of these that the engine chooses: {string.Join(", ", Nodes.Where(node => node.Id != arguments.From).Select(node => $"{node.Member} ({StateOf(node.Member)})"))}";
        return $"{NameOf(arguments.From)} hands the lead over to {to}; its sessions end, and writes wait for a moment";
    }

    private IEnumerable<string> WaitingFor(string what) => Instances.Where(instance => Away.ContainsKey(instance.HostId)).GroupBy(instance => instance.HostId)
        .Select(group => $"{Away[group.Key]} is away: {string.Join(", ", group.Select(instance => instance.Member))} there {(group.Count() == 1 ? "is" : "are")} {what} when it is back");

    private string NameOf(InstanceId id) => Instances.FirstOrDefault(instance => instance.Id == id)?.Member ?? id.ToString();

    private string StateOf(string name) => Seen?.Members.FirstOrDefault(member => member.Name == name) is not { State.Length: > 0 } member ? "not seen"
        : member.LagBytes is { } lag ? $"{member.State}, {lag} bytes behind" : member.State;
}
