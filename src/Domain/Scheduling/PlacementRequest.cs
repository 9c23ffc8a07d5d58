using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>What is to be placed: all instances of a new cluster, or what one lacks that is there.</summary>
/// <param name="Owner">The cluster.</param>
/// <param name="Project">Its project; only hosts of the project are looked at.</param>
/// <param name="Name">Its name, from which its instances' names are made.</param>
/// <param name="Spec">What is asked for.</param>
/// <param name="FirstOrdinal">The first ordinal to give.</param>
/// <param name="Revision">The revision of the templates that its instances are made from.</param>
/// <param name="Images">The images that they are made from.</param>
public sealed record PlacementRequest(ResourceRef Owner, string Project, string Name, EffectiveSpec Spec, int FirstOrdinal, string Revision, ImageSet Images)
{
    /// <summary>What the cluster has already, which stays where it is.</summary>
    public IReadOnlyList<Instance> Present { get; init; } = [];
}
