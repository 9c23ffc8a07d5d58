using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>Where etcd's members reach each other.</summary>
public static class EtcdPeers
{
    /// <summary>The URL of a member for the others.</summary>
    public static string UrlOf(Instance member) => $"https://{Addresses.HostPort(member.ClusterAddress, member.Ports[KindProfile.EtcdPeerPort])}";
}
