using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>The answer to a create.</summary>
/// <param name="Operation">The operation; null where only the plan was wanted.</param>
/// <param name="Cluster">The cluster; null where only the plan was wanted.</param>
/// <param name="Plan">Where it would go, as it was planned when the request first came.</param>
internal sealed record CreatedPostgresCluster(Operation? Operation, ClusterView? Cluster, ClusterPlan? Plan);
