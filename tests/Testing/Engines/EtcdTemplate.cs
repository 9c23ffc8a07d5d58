using Agents.Domain.Kinds;
using Agents.Words;


namespace Agents.Testing.Engines;

/// <summary>The command line of an etcd member in tests.</summary>
internal static class EtcdTemplate
{
    /// <summary>The command.</summary>
    public static IEnumerable<string> Command(string address, IEnumerable<EngineContainer> members, EngineContainer member, bool joins = false) =>
    [
        "etcd", $"--name={member.Member}", "--data-dir=/var/lib/etcd/data",
        $"--listen-client-urls=https://0.0.0.0:{member.Ports[PortNames.EtcdClient]}", $"--advertise-client-urls=https://{address}:{member.Ports[PortNames.EtcdClient]}",
        $"--listen-peer-urls=https://0.0.0.0:{member.Ports[KindProfile.EtcdPeerPort]}", $"--initial-advertise-peer-urls=https://{address}:{member.Ports[KindProfile.EtcdPeerPort]}",
        $"--initial-cluster={string.Join(',', members.Select(peer => $"{peer.Member}=https://{address}:{peer.Ports[KindProfile.EtcdPeerPort]}"))}",
        "--initial-cluster-token=test", $"--initial-cluster-state={(joins ? "existing" : "new")}",
        "--client-cert-auth=true", "--trusted-ca-file=/etc/agents/ca.crt", "--cert-file=/etc/agents/server.crt", "--key-file=/etc/agents/server.key",
        "--peer-client-cert-auth=true", "--peer-trusted-ca-file=/etc/agents/ca.crt", "--peer-cert-file=/etc/agents/server.crt", "--peer-key-file=/etc/agents/server.key",
        "--experimental-peer-skip-client-san-verification=true", "--log-level=warn",
    ];
}
