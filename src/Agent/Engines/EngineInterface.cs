using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Engines;

/// <summary>One kind of interface that engines have.</summary>
/// <param name="Name">Its engine, for people.</param>
/// <param name="Port">The name of its port.</param>
/// <param name="UnreachableReason">The reason that callers read when it does not answer.</param>
internal sealed record EngineInterface(string Name, string Port, string UnreachableReason)
{
    /// <summary>etcd's gateway.</summary>
    public static EngineInterface Etcd { get; } = new("etcd", PortNames.EtcdClient, ErrorReasons.EtcdUnreachable);

    /// <summary>Patroni's REST interface.</summary>
    public static EngineInterface Patroni { get; } = new("Patroni", PortNames.PatroniRest, ErrorReasons.PatroniUnreachable);
}
