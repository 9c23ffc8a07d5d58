using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>Something on a host that carries our store's id and belongs to a resource that the store does not know, or to an instance that one that lives does not have. It is shown, and never removed without a person's word.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The resource that it says it belongs to.</param>
/// <param name="InstanceId">The instance; null for a network.</param>
/// <param name="Generation">The generation to command with: the one that its agent has obeyed.</param>
/// <param name="HoldsData">Whether it may hold what users wrote.</param>
public sealed record Orphan(Orphan.Type Kind, string Name, ResourceRef Owner, InstanceId? InstanceId, long Generation, bool HoldsData)
{
    /// <summary>What it is, in the order in which such things can be removed.</summary>
    public enum Type
    {
        /// <summary>A container.</summary>
        Container,

        /// <summary>A volume.</summary>
        Volume,

        /// <summary>A network.</summary>
        Network,
    }

    /// <summary>
    /// The orphans of a host, by kind and name. What another store owns is none of ours, and what is to be removed anyway is no orphan; on a host that is out of sight there are
    /// none to be seen.
    /// </summary>
    /// <param name="store">Our store's id.</param>
    /// <param name="host">The host as observed.</param>
    /// <param name="resources">The resources that the store knows, those in the trash too.</param>
    /// <param name="settled">Those of them that live and that no operation holds: what is on a host of an instance that they do not have is none of theirs.</param>
    /// <param name="instances">The instances that the store knows, whoever a host says owns them: a command about one would be another's.</param>
    /// <param name="expected">What is written down to be removed from the host.</param>
    public static ImmutableArray<Orphan> Of(string store, HostObservation host, IReadOnlySet<ResourceRef> resources, IReadOnlySet<ResourceRef> settled, IReadOnlySet<InstanceId> instances, IReadOnlySet<(Type Kind, string Name)> expected)
    {
        if (!host.IsCurrent)
            return [];
        var containers = host.Containers.Values.Select(container => new OwnedObject(Type.Container, container.Name, container.ControllerId, container.Owner, container.InstanceId, HoldsData: false));
        return
        [
            .. from seen in containers.Concat(host.Objects)
               where seen.ControllerId == store && seen.Owner is { } owner && (!resources.Contains(owner) || (settled.Contains(owner) && IsLeftOf(seen, host)))
               where seen.InstanceId is not { } instance || (!instances.Contains(instance) && GenerationOf(seen, host) <= Ticket.GenerationMax)
               where (seen.Kind == Type.Network || seen.InstanceId is not null) && !expected.Contains((seen.Kind, seen.Name))
               orderby seen.Kind, seen.Name
               select new Orphan(seen.Kind, seen.Name, seen.Owner!.Value, seen.InstanceId, GenerationOf(seen, host), seen.HoldsData),
        ];
    }

    /// <summary>Of a cluster that lives its containers, and volumes, but none whose container is there: what runs over it comes first.</summary>
    private static bool IsLeftOf(OwnedObject seen, HostObservation host) =>
        seen.Kind == Type.Container || (seen is { Kind: Type.Volume, InstanceId: { } instance } && host.Containers.Values.All(container => container.InstanceId != instance));

    private static long GenerationOf(OwnedObject seen, HostObservation host) =>
        seen.InstanceId is { } instance && host.Instances.TryGetValue(instance, out var record) ? record.Generation : 1;
}
