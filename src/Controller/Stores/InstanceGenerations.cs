using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Raises the generations of a resource's instances when it is to be stopped or taken away, or is to run after all, so that agents refuse what was sent before and comes late.</summary>
internal static class InstanceGenerations
{
    /// <summary>Raises them by one and has the instances be stopped, in the transaction that decides it.</summary>
    public static void RaiseToStop(IStoreWriter writer, ResourceRef owner)
    {
        foreach (var instance in writer.ListInstances(owner))
            writer.UpdateInstance(instance with { Generation = instance.Generation + 1, Power = InstancePower.Stopped });
    }

    /// <summary>Raises them by one and has the instances run, with the data that they have, in the transaction that decides it.</summary>
    public static void RaiseToStart(IStoreWriter writer, ResourceRef owner)
    {
        foreach (var instance in writer.ListInstances(owner))
            writer.UpdateInstance(instance with { Generation = instance.Generation + 1, Power = InstancePower.Running });
    }

    /// <summary>Raises those of some of them by one, in the transaction that decides that these go, or stay after all.</summary>
    public static void Raise(IStoreWriter writer, ResourceRef owner, Func<Instance, bool> isRaised)
    {
        foreach (var instance in writer.ListInstances(owner).Where(isRaised))
            writer.UpdateInstance(instance with { Generation = instance.Generation + 1 });
    }

    /// <summary>Raises them by one, has the instances run, and notes that they hold data, in the transaction that decides to keep them.</summary>
    public static void RaiseToKeep(IStoreWriter writer, ResourceRef owner)
    {
        foreach (var instance in writer.ListInstances(owner))
            writer.UpdateInstance(instance with { Generation = instance.Generation + 1, Power = InstancePower.Running, Initialised = true });
    }
}
