using System.Collections.Immutable;
using Agents.Domain.Engines.Patroni;

namespace Agents.Domain.Engines;

/// <summary>
/// The versions of the templates. A cluster is pinned to one at create; golden files in the tests hold what each makes, so that a released one never changes:
/// a change is a new revision.
/// </summary>
public static class Revisions
{
    /// <summary>What new clusters are pinned to.</summary>
    public const string Current = PatroniRevision1.Name;

    /// <summary>Makes the blueprints of all instances. Throws <see cref="NotSupportedException"/> for a revision that this version does not know.</summary>
    public static ImmutableArray<InstanceBlueprint> Build(ClusterBlueprintInput input) => input.Cluster.Revision switch
    {
        PatroniRevision1.Name => PatroniRevision1.Build(input),
        _ => throw new NotSupportedException($"this version does not know the revision \"{input.Cluster.Revision}\" of cluster {input.Cluster.Name}: run the version that made it, or a later one"),
    };
}
