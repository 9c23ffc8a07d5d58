namespace Agents.Testing.Stores;

/// <summary>Where, at a commit, the process dies.</summary>
internal enum StoreKillPoint
{
    /// <summary>The work is done, nothing of it is stored.</summary>
    BeforeCommit,

    /// <summary>All of it is stored, the caller never learns it.</summary>
    AfterCommit,
}
