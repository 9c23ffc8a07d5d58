using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;
using Agents.Domain.Tests.Scheduling;
using Agents.Testing;

namespace Agents.Domain.Tests.Engines;

/// <summary>Makes clusters with secrets that are the same every time.</summary>
internal static class Blueprints
{
    /// <summary>Every secret contains this, so that a test can look for it.</summary>
    public const string Canary = "CANARY";

    /// <summary>What a cluster is made from.</summary>
    /// <param name="nodeCount">Its nodes.</param>
    /// <param name="hostCount">Its hosts.</param>
    /// <param name="isIpv6">Whether the hosts have IPv6 addresses.</param>
    public static ClusterBlueprintInput Input(int nodeCount = 3, int hostCount = 3, bool isIpv6 = false)
    {
        var spec = new PostgresClusterSpec { NodeCount = nodeCount, Placement = new PlacementSpec { Strict = nodeCount > 1 } };
        var cluster = A.Cluster() with { Name = "demo", Spec = spec, Effective = SpecDefaults.Apply(spec, hostCount), Revision = "patroni-1", Lifecycle = ClusterLifecycle.Creating };
        var hosts = Candidate.Ready(1, hostCount).Select(candidate => candidate with { Host = Address(candidate.Host, isIpv6) });
        var instances = Scheduler.Place(new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, cluster.Effective, 1, cluster.Revision, A.ImageSet()), hosts).Instances;
        return new ClusterBlueprintInput("00000000-0000-4000-8000-000000000001", cluster, instances, A.ImageSet(), Secrets(instances));
    }

    private static Host Address(Host host, bool isIpv6)
    {
        var number = host.Name[1..];
        return isIpv6
            ? host with { ClusterAddress = $"fd00::{number}", ClientAddress = $"2001:db8::{number}" }
            : host with { ClientAddress = $"192.0.2.{number}" };
    }

    private static ClusterSecrets Secrets(ImmutableArray<Instance> instances) => new()
    {
        ServerAuthority = "authority of servers\n",
        ClientAuthority = "authority of clients\n",
        PeerAuthority = "authority of peers\n",
        Tls = instances.ToImmutableDictionary(instance => instance.Id, instance => new InstanceTls(
            Pair("server", instance), instance.Kind == InstanceKind.Haproxy ? null : Pair("client", instance), instance.Kind == InstanceKind.Etcd ? Pair("peer", instance) : null)),
        ReplicationPassword = $"{Canary}-replication",
        RewindPassword = $"{Canary}-rewind",
        StatisticsPassword = $"{Canary}-statistics",
    };

    private static KeyPair Pair(string name, Instance instance) => new($"{name} certificate of {instance.Member}\n", $"{Canary} {name} key of {instance.Member}\n");
}
