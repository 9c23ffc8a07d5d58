using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;

namespace Agents.Controller.Application.Clusters;

/// <summary>Plans a new cluster on the hosts as they are now. What the plan takes is taken by adding its instances in the same transaction; the operation then tries its ports.</summary>
internal sealed class ClusterPlanner(Candidates candidates)
{
    /// <summary>The plan. Refused when there is no feasible one.</summary>
    public ClusterPlan Plan(IStoreReader store, ClusterId id, string project, string name, PostgresClusterSpec spec)
    {
        var imageSet = store.ListImageSets() is [var newest, ..] ? newest : throw Refusals.NoImageSet();
        var hosts = candidates.Of(store, project, ResourceRef.Of(id));
        var effective = SpecDefaults.Apply(spec, hosts.Count(host => IsUsable(host, spec)));
        var revision = EngineTable.Of(effective.Engine).Revision;
        var placement = Scheduler.Place(new PlacementRequest(ResourceRef.Of(id), project, name, effective, FirstOrdinal: 1, revision, imageSet), hosts);
        if (!placement.IsFeasible)
            throw Refusals.NoPlacement(placement);
        return new ClusterPlan(placement, hosts.ToDictionary(host => host.Host.Id, host => host.Host.Name), effective, revision, imageSet.Version);
    }

    private static bool IsUsable(HostCandidate candidate, PostgresClusterSpec spec) =>
        candidate.State == HostState.Ready && !candidate.Host.Cordoned && candidate.Host.Labels.ContainsAll(spec.Placement.HostLabels);
}
