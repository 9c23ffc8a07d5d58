using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Which instance a command is about, and the generation that it commands with.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="InstanceId">The instance; null for what belongs to no single one, as a network.</param>
/// <param name="Generation">Its generation; 0 without an instance.</param>
/// <param name="OwnerGeneration">The cluster's generation.</param>
internal readonly record struct InstanceTarget(ClusterId ClusterId, InstanceId? InstanceId, long Generation, long OwnerGeneration = 1)
{
    /// <summary>A placed instance.</summary>
    public static InstanceTarget Of(Instance instance) => new(instance.ClusterId, instance.Id, instance.Generation);

    /// <summary>Something that belongs to a cluster as a whole.</summary>
    public static InstanceTarget Of(ClusterId cluster) => new(cluster, null, 0);
}
