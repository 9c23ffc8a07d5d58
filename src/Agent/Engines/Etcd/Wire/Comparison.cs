namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>One condition of a transaction.</summary>
internal sealed record Comparison
{
    /// <summary>What is compared.</summary>
    public required string Target { get; init; }

    /// <summary>How.</summary>
    public string Result { get; } = "EQUAL";

    /// <summary>The key.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The value, where values are compared.</summary>
    public byte[]? Value { get; init; }

    /// <summary>The revision of the last change, where that is compared.</summary>
    public long? ModRevision { get; init; }
}
