namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>One key. The gateway leaves out what is empty or zero.</summary>
internal sealed record KeyValue
{
    /// <summary>The key.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>The value.</summary>
    public byte[] Value { get; set; } = [];

    /// <summary>The revision of its last change.</summary>
    public long ModRevision { get; set; }

    /// <summary>Its lease.</summary>
    public long Lease { get; set; }
}
