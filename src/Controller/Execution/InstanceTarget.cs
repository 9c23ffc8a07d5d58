using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Which instance a command is about, and the generations that it commands with.</summary>
/// <param name="Owner">The resource that it belongs to.</param>
/// <param name="OwnerGeneration">The generation of the resource's owner: orders what belongs to no single instance, as a network.</param>
/// <param name="InstanceId">The instance; null for what belongs to no single one.</param>
/// <param name="Generation">Its generation; 0 without an instance.</param>
internal readonly record struct InstanceTarget(ResourceRef Owner, long OwnerGeneration, InstanceId? InstanceId, long Generation)
{
    /// <summary>An instance of a cluster.</summary>
    public static InstanceTarget Of(Cluster cluster, Instance instance) => new(cluster.Ref, cluster.OwnerGeneration, instance.Id, instance.Generation);

    /// <summary>Something that belongs to a cluster as a whole.</summary>
    public static InstanceTarget Of(Cluster cluster) => new(cluster.Ref, cluster.OwnerGeneration, null, 0);
}
