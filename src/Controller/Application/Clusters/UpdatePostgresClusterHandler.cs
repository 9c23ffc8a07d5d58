using System.Globalization;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Controller.Application.Clusters;

/// <summary>Changes labels and spec as far as that needs no host. Allowed while an operation holds the cluster.</summary>
internal sealed class UpdatePostgresClusterHandler(IStore store, IFleetView fleet, ClusterViews views, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Changes the cluster.</summary>
    public async Task<ClusterView> HandleAsync(UpdatePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. LabelRules.Check("labels", command.Labels), .. RequestRules.CheckRequestId(command.RequestId)]);
        var view = await store.WriteAsync(writer => Update(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return view;
    }

    private ClusterView Update(IStoreWriter writer, UpdatePostgresCluster command, Caller caller)
    {
        var cluster = ClusterLookup.Get(writer, caller, command.Project, command.Id);
        var identity = RequestIdentity.Of(
            caller, command.RequestId, "postgres.cluster.update", cluster.Id.ToString(), command.Etag, LabelText.Of(command.Labels), SpecText.Of(command.Spec), command.Replace.ToString());
        if (identity.FindFirst(writer) is not null)
            return views.Of(writer, cluster);

        ObserveOnlyRule.Require(fleet, cluster.Ref);
        Etag.Require(command.Etag, cluster.Generation);
        var changed = Apply(cluster, command);
        if (changed == cluster)
            return views.Of(writer, cluster);

        Refusals.ThrowIfAny(LabelRules.Check("labels", changed.Labels.Values));
        var now = timeProvider.GetUtcNow();
        changed = changed with { Generation = cluster.Generation + 1 };
        Invariant.Require(writer.UpdateCluster(changed, cluster.Generation), "a cluster does not change within one transaction");
        writer.AddEvent(ClusterEvents.Of(
            "postgres.cluster.updated", changed, caller.OriginOf("", command.RequestId), now, ("generation", changed.Generation.ToString(CultureInfo.InvariantCulture))));
        identity.Keep(writer, cluster.Id.ToString(), "", now);
        return views.Of(writer, changed);
    }

    private static Cluster Apply(Cluster cluster, UpdatePostgresCluster command)
    {
        var decision = SpecChange.Decide(cluster, command.Replace ? command.Spec : SpecChange.Merge(cluster.Spec, command.Spec));
        Refusals.ThrowIfAny(decision.Violations);
        var labels = command.Replace ? LabelSet.Empty : cluster.Labels;
        return cluster with { Labels = labels.With(command.Labels), Spec = decision.Spec, Effective = decision.Effective };
    }
}
