using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// The command line of an etcd member. Flags and not a file, because only a flag says that a peer's certificate need not name the address that it is seen at:
/// between hosts that is the sending host's, within one host the bridge's gateway. What its first start is told of the others stands in a file, since it is another for whoever
/// joins later, and means nothing once a member has data.
/// </summary>
internal static class EtcdCommand
{
    /// <summary>The file that holds what a first start is told.</summary>
    public const string FirstStartFile = "first-start";

    /// <summary>What a member's first start is told: with whom it founds the cluster, or whom it joins, itself included.</summary>
    public static string FirstStart(ClusterBlueprintInput input)
    {
        var members = input.Instances.Where(candidate => candidate.Kind == InstanceKind.Etcd).Select(member => $"{member.Member}={EtcdPeers.UrlOf(member)}");
        var state = input.Cluster.Lifecycle == ClusterLifecycle.Active ? "existing" : "new";
        return $"--initial-cluster={string.Join(',', members)} --initial-cluster-state={state}\n";
    }

    /// <summary>The command.</summary>
    public static ImmutableArray<string> Of(ClusterBlueprintInput input, Instance instance) =>
    [
        "sh",
        "-c",
        $"exec etcd \"$@\" $(cat {Paths.Config}/{FirstStartFile})",
        "etcd",
        $"--name={instance.Member}",
        "--data-dir=/var/lib/etcd/data",
        $"--listen-client-urls=https://0.0.0.0:{instance.Ports["client"]}",
        $"--advertise-client-urls=https://{Addresses.HostPort(instance.ClusterAddress, instance.Ports["client"])}",
        $"--listen-peer-urls=https://0.0.0.0:{instance.Ports["peer"]}",
        $"--initial-advertise-peer-urls={EtcdPeers.UrlOf(instance)}",
        $"--initial-cluster-token={input.Cluster.Id}",
        "--client-cert-auth=true",
        $"--trusted-ca-file={Paths.ClientAuthority}",
        $"--cert-file={Paths.Config}/server.crt",
        $"--key-file={Paths.Config}/server.key",
        // What its own gateway calls it with: without these it takes the server's pair, which would then have to be good for a client.
        $"--client-cert-file={Paths.Config}/client.crt",
        $"--client-key-file={Paths.Config}/client.key",
        "--peer-client-cert-auth=true",
        $"--peer-trusted-ca-file={Paths.PeerAuthority}",
        $"--peer-cert-file={Paths.Config}/peer.crt",
        $"--peer-key-file={Paths.Config}/peer.key",
        "--experimental-peer-skip-client-san-verification=true",
        "--auto-compaction-mode=periodic",
        "--auto-compaction-retention=1h",
        // A quarter of its disk: the database is there once more while it is defragmented, and its log and snapshots take as much again.
        $"--quota-backend-bytes={KindProfile.Etcd.DiskBytes / 3}",
        "--log-level=warn",
    ];
}
