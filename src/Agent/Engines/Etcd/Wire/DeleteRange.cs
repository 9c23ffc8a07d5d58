namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>A key to delete.</summary>
internal sealed record DeleteRange
{
    /// <summary>The key.</summary>
    public required byte[] Key { get; init; }
}
