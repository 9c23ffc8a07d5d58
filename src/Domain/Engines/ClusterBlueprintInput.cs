using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>What a cluster's containers and configuration are made from.</summary>
/// <param name="StoreId">The controller's store id, for the labels.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Instances">All its instances.</param>
/// <param name="Images">The image set that it is pinned to.</param>
/// <param name="Secrets">Its secrets.</param>
public sealed record ClusterBlueprintInput(string StoreId, Cluster Cluster, IReadOnlyList<Instance> Instances, ImageSet Images, ClusterSecrets Secrets)
{
    /// <summary>The nodes that the cluster is about to lose: nobody's commit waits for them any more, nobody reads there, and who writes is led to them only if one of them is chosen all the same.</summary>
    public ImmutableHashSet<InstanceId> Leaving { get; init; } = [];
}
