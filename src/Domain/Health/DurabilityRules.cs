namespace Agents.Domain.Health;

/// <summary>Says whether a commit waits for a replica.</summary>
public static class DurabilityRules
{
    /// <summary>Whether a commit waits for this replica, or for one of several of which it is one.</summary>
    /// <param name="state">The primary's word for how it replicates, as "streaming".</param>
    /// <param name="syncState">The primary's word for whether it waits: "async", "potential", "sync" or "quorum".</param>
    public static bool Confirms(string state, string syncState) => state == "streaming" && syncState is ("sync" or "quorum");
}
