using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>The answer to a create.</summary>
/// <param name="Operation">The operation; null where only the plan was wanted.</param>
/// <param name="Cluster">The cluster; null where only the plan was wanted.</param>
/// <param name="Plan">Where it would go now; null in the answer to a repeated request, whose plan was made then.</param>
internal sealed record CreatedPostgresCluster(Operation? Operation, ClusterView? Cluster, ClusterPlan? Plan);
