using System.Collections.Immutable;
using Agents.Domain.Engines;

namespace Agents.Domain.Tests.Engines;

/// <summary>Makes blueprints as the engine of the cluster does.</summary>
internal static class Revisions
{
    /// <summary>The blueprints of all instances.</summary>
    public static ImmutableArray<InstanceBlueprint> Build(ClusterBlueprintInput input) => EngineTable.Of(input.Cluster.Effective.Engine).Build(input);
}
