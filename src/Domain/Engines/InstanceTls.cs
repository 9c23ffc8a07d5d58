namespace Agents.Domain.Engines;

/// <summary>What one instance proves itself with. Each pair is of another authority and good for one thing alone.</summary>
/// <param name="Server">Serves with it. Names the host's addresses; a node's names those of the proxies too, which pass TLS through to it.</param>
/// <param name="Client">Calls etcd and Patroni with it, as its host's agent does. Null for what has nothing to ask there: a proxy.</param>
/// <param name="Peer">What an etcd member proves itself to the others with; null for all else.</param>
public sealed record InstanceTls(KeyPair Server, KeyPair? Client, KeyPair? Peer)
{
    /// <summary>Nothing of the content.</summary>
    public override string ToString() => nameof(InstanceTls);
}
