namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The question to /v3/kv/txn: if all comparisons hold, the steps are done, else nothing is.</summary>
internal sealed record TransactionQuestion
{
    /// <summary>The conditions.</summary>
    public required IReadOnlyList<Comparison> Compare { get; init; }

    /// <summary>What is done.</summary>
    public required IReadOnlyList<TransactionStep> Success { get; init; }
}
