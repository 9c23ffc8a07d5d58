using Agents.Agent.Engines.Patroni.Wire;

namespace Agents.Agent.Engines.Patroni;

/// <summary>The cluster as a node sees it, and the node as it sees itself.</summary>
/// <param name="Cluster">From the coordination store.</param>
/// <param name="SelfIsLeader">Whether the node's own PostgreSQL runs as primary while the node holds the leader lock by its own clock.</param>
internal sealed record ClusterView(ClusterAnswer Cluster, bool SelfIsLeader);
