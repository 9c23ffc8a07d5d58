using Agents.Domain.Health;

namespace Agents.Domain.Engines.Patroni;

/// <summary>A cluster as one node's Patroni reports it.</summary>
/// <param name="Members">Its members.</param>
/// <param name="Paused">Whether automatic failover is paused.</param>
/// <param name="SelfIsLeader">Whether the answering node leads and takes writes.</param>
/// <param name="Sender">What its PostgreSQL says of its replicas; empty where it does not lead, or does not say.</param>
public sealed record PatroniReport(IReadOnlyList<PatroniReport.Member> Members, bool Paused, bool SelfIsLeader, SenderReport Sender) : NodeReport
{
    /// <summary>One member in Patroni's words.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Role">"leader", "replica", "sync_standby", "quorum_standby", …</param>
    /// <param name="State">"running", "streaming", "starting", …</param>
    /// <param name="Timeline">Its timeline; 0 when it is not known.</param>
    /// <param name="LagBytes">How far it is behind; null when it is not known.</param>
    /// <param name="Address">Where its PostgreSQL listens, as "10.0.0.1:20000"; empty when it is not known.</param>
    public sealed record Member(string Name, string Role, string State, int Timeline, long? LagBytes, string Address = "");
}
