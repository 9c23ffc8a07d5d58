using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>
/// What is known of the nodes behind the entrances of a cluster. Pure. Only what is certain is said: of a node that is not named here, the proxies' own checks decide, and so they do later of each.
/// </summary>
public static class ProxyServers
{
    private const string Streaming = "streaming";

    /// <summary>What follows from a node's word that it leads: it takes writes. Of the others that one can say nothing: it would have their sessions ended.</summary>
    public static ImmutableArray<ProxyServer> Of(IReadOnlyList<Instance> instances, string primary) => Of(instances, primary, [], [], ImmutableHashSet<InstanceId>.Empty);

    /// <summary>What follows from what was seen.</summary>
    /// <param name="instances">The cluster's instances.</param>
    /// <param name="seen">What its nodes say.</param>
    /// <param name="ended">The nodes whose containers were seen to have ended.</param>
    public static ImmutableArray<ProxyServer> Of(IReadOnlyList<Instance> instances, ClusterObservation seen, IReadOnlySet<InstanceId> ended)
    {
        var streaming = seen.Primary is null ? [] : seen.Members.Where(member => !member.IsPrimary && member.State == Streaming).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var following = seen.Nodes.Where(node => node.Answer == NodeSight.Kind.Follows).Select(node => node.Member).ToHashSet(StringComparer.Ordinal);
        return Of(instances, seen.Primary, following, streaming, ended);
    }

    private static ImmutableArray<ProxyServer> Of(IReadOnlyList<Instance> instances, string? primary, HashSet<string> following, HashSet<string> streaming, IReadOnlySet<InstanceId> ended)
    {
        var nodes = instances.Where(instance => instance.Profile.IsNode).ToList();
        return
        [
            .. nodes.SelectMany(node => ended.Contains(node.Id)
                ? [Down(KindProfile.ReadWritePort, node), Down(KindProfile.ReadOnlyPort, node)]
                : primary is null ? [] : Of(node, isPrimary: node.Member == primary, isAlone: nodes.Count == 1, following.Contains(node.Member), streaming.Contains(node.Member))),
        ];
    }

    private static IEnumerable<ProxyServer> Of(Instance node, bool isPrimary, bool isAlone, bool isFollowing, bool isStreaming)
    {
        if (isPrimary || isFollowing) // By its own word alone: a node that does not answer may be the primary, whoever says that he is.
            yield return new ProxyServer(KindProfile.ReadWritePort, node.Member, isPrimary);
        // One that is alone has nobody else to send those to who only read. Of another primary the proxy's own question decides: a word that it is down would end what it serves.
        if (isPrimary ? isAlone : isStreaming)
            yield return new ProxyServer(KindProfile.ReadOnlyPort, node.Member, IsUp: true);
    }

    private static ProxyServer Down(string listener, Instance node) => new(listener, node.Member, IsUp: false);
}
