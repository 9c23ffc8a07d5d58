using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Perf.Scale;

/// <summary>A fleet at rest: cluster k has its nodes and etcd members on the hosts k, k+1 and k+2 and its proxies on the first two of them, and all of it runs.</summary>
internal sealed class World
{
    private const string Configured = "as-planned";
    private const int NodeCount = 3;
    private const int ProxyCount = 2;

    /// <summary>As many hosts and clusters as asked for.</summary>
    public World(int hostCount, int clusterCount)
    {
        Hosts = [.. Enumerable.Range(1, hostCount).Select(number => A.Host(number) with { ClusterAddress = AddressOf(number), ClientAddress = AddressOf(number) })];
        Clusters = [.. Enumerable.Range(0, clusterCount).Select(number => A.Cluster(number + 1) with { NextOrdinal = (2 * NodeCount) + ProxyCount + 1 })];
        Instances = [.. Clusters.SelectMany((cluster, number) => InstancesOf(cluster, number))];
        ByHost = Instances.ToLookup(instance => instance.HostId);
        ByCluster = Instances.ToLookup(instance => instance.Owner);
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<Host> Hosts { get; }

    /// <summary>The clusters.</summary>
    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>All instances.</summary>
    public IReadOnlyList<Instance> Instances { get; }

    /// <summary>The instances of a host.</summary>
    public ILookup<HostId, Instance> ByHost { get; }

    /// <summary>The instances of a cluster.</summary>
    public ILookup<ResourceRef, Instance> ByCluster { get; }

    /// <summary>A host as its agent reports it, with all that is to run running.</summary>
    public HostObservation Observe(Host host, string controllerId) => new()
    {
        HostId = host.Id,
        State = HostState.Ready,
        StateReason = "",
        IsCurrent = true,
        Facts = A.Facts(),
        LastSeenAt = DateTimeOffset.UtcNow,
        Containers = ByHost[host.Id].ToImmutableSortedDictionary(
            instance => instance.ContainerName,
            instance => new ContainerObservation(instance.ContainerName, controllerId, instance.Owner, instance.Id, ContainerState.Running, 0),
            StringComparer.Ordinal),
        Instances = ByHost[host.Id].ToImmutableDictionary(
            instance => instance.Id, instance => new InstanceObservation(instance.Id, instance.Generation, InstanceWant.Running, Configured, true, "")),
        Reports = ByHost[host.Id].Where(instance => instance.Kind == InstanceKind.Postgres).ToImmutableDictionary(instance => instance.Id, instance => (NodeReport)Says(instance, ByCluster[instance.Owner].First())),
        Volumes = [.. ByHost[host.Id].SelectMany(instance => new[] { instance.DataVolume, instance.ConfigVolume })],
    };

    /// <summary>What a node says while another, or itself, leads.</summary>
    public PatroniReport Says(Instance node, Instance leader)
    {
        var nodes = ByCluster[node.Owner].Where(instance => instance.Kind == InstanceKind.Postgres).ToList();
        return new PatroniReport(
            [.. nodes.Select(other => new PatroniReport.Member(other.Member, other == leader ? "leader" : "replica", other == leader ? "running" : "streaming", 1, null))],
            Paused: false,
            SelfIsLeader: node == leader,
            node == leader ? new SenderReport([.. nodes.Where(other => other != leader).Select(other => new ReplicationReport(other.Member, "streaming", "quorum", TimeSpan.Zero, 0))], []) : SenderReport.Nothing);
    }

    private IEnumerable<Instance> InstancesOf(Cluster cluster, int number)
    {
        for (var i = 0; i < NodeCount; i++)
            yield return InstanceOf(cluster, number, i, InstanceKind.Postgres, i + 1);
        for (var i = 0; i < NodeCount; i++)
            yield return InstanceOf(cluster, number, i, InstanceKind.Etcd, NodeCount + i + 1);
        for (var i = 0; i < ProxyCount; i++)
            yield return InstanceOf(cluster, number, i, InstanceKind.Haproxy, (2 * NodeCount) + i + 1);
    }

    private Instance InstanceOf(Cluster cluster, int number, int offset, InstanceKind kind, int ordinal) =>
        A.Instance(cluster, Hosts[(number + offset) % Hosts.Count], kind, ordinal) with { Initialised = kind != InstanceKind.Haproxy, ConfigHash = Configured, Subnet = $"10.210.0.{16 * offset}/28" };

    private static string AddressOf(int number) => string.Create(CultureInfo.InvariantCulture, $"10.0.{number / 250}.{1 + (number % 250)}");
}
