using System.Globalization;
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

    private readonly Dictionary<InstanceId, Instance> _byId;
    private readonly Dictionary<ResourceRef, int> _numbers;

    /// <summary>As many hosts and clusters as asked for.</summary>
    public World(int hostCount, int clusterCount)
    {
        Hosts = [.. Enumerable.Range(1, hostCount).Select(number => A.Host(number) with { ClusterAddress = AddressOf(number), ClientAddress = AddressOf(number) })];
        Clusters = [.. Enumerable.Range(0, clusterCount).Select(number => A.Cluster(number + 1) with { NextOrdinal = (2 * NodeCount) + ProxyCount + 1 })];
        Instances = [.. Clusters.SelectMany((cluster, number) => InstancesOf(cluster, number))];
        ByHost = Instances.ToLookup(instance => instance.HostId);
        ByCluster = Instances.ToLookup(instance => instance.Owner);
        _byId = Instances.ToDictionary(instance => instance.Id);
        _numbers = Clusters.Index().ToDictionary(entry => entry.Item.Ref, entry => entry.Index);
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

    /// <summary>The place of a cluster among all.</summary>
    public int NumberOf(ResourceRef cluster) => _numbers[cluster];

    /// <summary>An instance by its id.</summary>
    public Instance Find(InstanceId id) => _byId[id];

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
