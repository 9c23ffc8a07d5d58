namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The answer to /v3/kv/range.</summary>
internal sealed record RangeAnswer
{
    /// <summary>The header.</summary>
    public EtcdHeader Header { get; set; } = new();

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<KeyValue> Kvs { get; set; } = [];
}
