using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>
/// Where the instances of a deleted cluster come back: where they were, since data does not move. Nodes whose volume is there are the same as before; all else is made anew under
/// names and ids of its own. Ports and subnets stay where they are free. A host that is away is no obstacle, unless it has the primary's data: what coordinates, and holds nothing
/// yet, goes to hosts that are there.
/// </summary>
/// <param name="Instances">The instances; none where there is a problem.</param>
/// <param name="Away">Hosts that are not there: what belongs there is built when they return.</param>
/// <param name="Problem">Why the cluster cannot come back now; null when it can.</param>
/// <param name="Warnings">What deserves a look.</param>
public sealed record UndeletePlan(ImmutableArray<Instance> Instances, ImmutableArray<HostId> Away, string? Problem, ImmutableArray<string> Warnings)
{
    /// <summary>Plans it.</summary>
    /// <param name="cluster">The deleted cluster.</param>
    /// <param name="kept">The nodes whose volumes are there.</param>
    /// <param name="hosts">The hosts of its project.</param>
    /// <param name="networks">The subnets that it still has on hosts.</param>
    public static UndeletePlan Of(Cluster cluster, IReadOnlySet<InstanceId> kept, IReadOnlyList<HostCandidate> hosts, IReadOnlyDictionary<HostId, string> networks)
    {
        var trash = cluster.Trash ?? throw new ArgumentException("nothing is remembered of the cluster", nameof(cluster));
        if (trash.Primary is not { } primary)
            return Refused($"nobody knows which of its nodes was the primary, and to guess would be to lose rows ({trash.MembersText}): say it (agentctl postgres cluster undelete {cluster.Id} --primary MEMBER)");
        if (LossOf(primary, kept, hosts) is { } loss)
            return Refused(OthersText(cluster, loss, kept, hosts));

        var known = hosts.ToDictionary(host => host.Host.Id);
        var placed = trash.Instances.Where(instance => known.ContainsKey(instance.HostId)).ToList();
        var away = placed.Select(instance => known[instance.HostId]).Where(host => host.State != HostState.Ready).DistinctBy(host => host.Host.Id).ToList();

        var present = placed.Select(instance => known[instance.HostId].Host).Distinct().Where(host => !away.Exists(gone => gone.Host.Id == host.Id)).OrderBy(host => host.Name, StringComparer.Ordinal).ToList();
        var rooms = known.Values.ToDictionary(host => host.Host.Id, host => new Room(host, networks.GetValueOrDefault(host.Host.Id)));
        var ordinal = cluster.NextOrdinal;
        var instances = new List<Instance>();
        foreach (var instance in trash.Instances.Select(instance => instance.Profile.IsCoordinator && present.TrueForAll(host => host.Id != instance.HostId) ? Moved(instance, present, instances) : instance))
        {
            if (!known.ContainsKey(instance.HostId))
                continue;
            var again = kept.Contains(instance.Id) ? instance with { Generation = instance.Generation + 1, Initialised = true } : Anew(cluster, instance, ordinal++);
            if (rooms[instance.HostId].Take(again) is not { } fitting)
                return Refused($"host {known[instance.HostId].Host.Name} has no free ports or no free network for {again.Member}: widen its agent's port range or network pool");
            instances.Add(fitting);
        }

        return new UndeletePlan([.. instances], [.. away.Select(host => host.Host.Id)], null, WarningsOf(cluster, trash, placed, kept, away));
    }

    /// <summary>Why the data of a node cannot be had now; null when it can, as far as is known without it being started.</summary>
    public static string? LossOf(Instance primary, IReadOnlySet<InstanceId> kept, IReadOnlyList<HostCandidate> hosts) => hosts.FirstOrDefault(host => host.Host.Id == primary.HostId) switch
    {
        { State: HostState.Ready } when kept.Contains(primary.Id) => null,
        { State: HostState.Ready } => $"the volume {primary.DataVolume} of its primary {primary.Member} is gone",
        var home => $"the data of its primary {primary.Member} is on a host that is away ({home?.Host.Name ?? primary.HostId.ToString()}: {home?.StateReason ?? "it was removed"})",
    };

    /// <summary>The loss, with the nodes whose data can be had: which of them takes the primary's place is a person's word.</summary>
    public static string OthersText(Cluster cluster, string loss, IReadOnlySet<InstanceId> kept, IReadOnlyList<HostCandidate> hosts)
    {
        var others = cluster.Trash!.Members.Where(node => LossOf(node, kept, hosts) is null).ToList();
        return others.Count == 0
            ? loss
            : $"{loss}; if that is not to be had back, say from which node's data the cluster is to come back ({cluster.Trash.TextOf(others)}), and the commits that this one had not received are lost (agentctl postgres cluster undelete {cluster.Id} --primary MEMBER)";
    }

    private static UndeletePlan Refused(string problem) => new([], [], problem, []);

    /// <summary>To the host that has the fewest of its kind, of those that the cluster has anyway.</summary>
    private static Instance Moved(Instance instance, List<Host> present, List<Instance> instances)
    {
        var host = present.MinBy(host => instances.Count(other => other.Kind == instance.Kind && other.HostId == host.Id))!;
        return instance with { HostId = host.Id, ClusterAddress = host.ClusterAddress, ClientAddress = host.ClientAddress, PlacementReason = "the host of the one before it is away" };
    }

    private static Instance Anew(Cluster cluster, Instance instance, int ordinal) => instance with
    {
        Id = InstanceId.Derive(cluster.Ref, instance.Kind, ordinal),
        Ordinal = ordinal,
        Member = KindProfile.Of(instance.Kind).MemberOf(cluster.Name, ordinal),
        Generation = 1,
        Initialised = false,
    };

    private static ImmutableArray<string> WarningsOf(Cluster cluster, Trash trash, List<Instance> placed, IReadOnlySet<InstanceId> kept, List<HostCandidate> away) =>
    [
        .. away.Select(host => $"host {host.Host.Name} is away: its nodes and proxies are built when it returns, and what coordinates is on other hosts now"),
        .. trash.Instances.Except(placed).Where(instance => !instance.Profile.IsCoordinator).Select(instance => $"{instance.Member} does not come back: its host was removed"),
        .. placed.Where(instance => instance.Profile.IsNode && !kept.Contains(instance.Id)).Select(instance => $"the volume of {instance.Member} is gone: {cluster.Name} gets a new replica in its place"),
    ];

    /// <summary>What is free on a host while a cluster is being planned.</summary>
    private sealed class Room(HostCandidate candidate, string? ownSubnet)
    {
        private readonly HashSet<int> _used = [.. candidate.UsedPorts];
        private string? _subnet = ownSubnet;

        /// <summary>The instance with ports and subnet that are free; null when there are too few.</summary>
        public Instance? Take(Instance instance)
        {
            _subnet ??= SubnetOf(instance);
            var ports = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
            foreach (var (name, port) in instance.Ports)
            {
                if ((_used.Contains(port) ? FirstFree() : port) is not { } free)
                    return null;
                _used.Add(free);
                ports[name] = free;
            }

            return _subnet is null ? null : instance with { Ports = ports.ToImmutable(), Subnet = _subnet, Power = InstancePower.Running, ConfigHash = "" };
        }

        private int? FirstFree() =>
            Enumerable.Range(candidate.Host.PortFirst, candidate.Host.PortLast - candidate.Host.PortFirst + 1).Cast<int?>().FirstOrDefault(port => !_used.Contains(port!.Value));

        private string? SubnetOf(Instance instance) =>
            SubnetPool.FirstFree(instance.Subnet, candidate.UsedSubnets) ?? SubnetPool.FirstFree(candidate.Host.NetworkPool, candidate.UsedSubnets);
    }
}
