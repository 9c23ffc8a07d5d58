namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The answer to /v3/kv/txn.</summary>
internal sealed record TransactionAnswer
{
    /// <summary>Whether all conditions held.</summary>
    public bool Succeeded { get; set; }
}
