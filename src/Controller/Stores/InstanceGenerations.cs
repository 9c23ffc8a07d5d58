using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Raises the generations of a cluster's instances when it is to be taken away, so that agents refuse what was sent before and comes late.</summary>
internal static class InstanceGenerations
{
    /// <summary>Raises them by one, in the transaction that decides it.</summary>
    public static void Raise(IStoreWriter writer, ClusterId cluster)
    {
        foreach (var instance in writer.ListInstances(cluster))
            writer.UpdateInstance(instance with { Generation = instance.Generation + 1 });
    }
}
