namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>What a transaction does.</summary>
internal sealed record TransactionStep
{
    /// <summary>The key to delete.</summary>
    public required DeleteRange RequestDeleteRange { get; init; }
}
