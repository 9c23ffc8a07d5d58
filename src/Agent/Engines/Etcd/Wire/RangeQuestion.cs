namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The question to /v3/kv/range. Linearizable: serializable is not set.</summary>
internal sealed record RangeQuestion
{
    /// <summary>The key.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The first key beyond those that are meant; not set when one key is.</summary>
    public byte[]? RangeEnd { get; init; }

    /// <summary>The largest number of keys.</summary>
    public long Limit { get; init; }

    /// <summary>Whether values are left out.</summary>
    public bool KeysOnly { get; init; }
}
