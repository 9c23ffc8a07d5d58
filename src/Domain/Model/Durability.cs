namespace Agents.Domain.Model;

/// <summary>What a committed transaction has survived.</summary>
public enum Durability
{
    /// <summary>The primary's disk.</summary>
    Async,

    /// <summary>The primary's disk and one chosen replica's; writes go on without a replica.</summary>
    Sync,

    /// <summary>The primary's disk and any one replica's.</summary>
    Quorum,

    /// <summary>The primary's disk and a replica's, and no write without.</summary>
    Strict,
}
