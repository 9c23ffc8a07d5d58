using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Restores;

/// <summary>
/// Ends the observing of a controller whose store is older than the fleet: takes what they have obeyed as known and the generations above it, so that they obey again. A host that returns
/// later and has obeyed more begins it anew. Where nothing is newer it does nothing.
/// </summary>
internal sealed class ConfirmRestoreHandler(IStore store, IFleetView fleet, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Confirms.</summary>
    public async Task<ControllerView> HandleAsync(string reason, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(RequestRules.CheckReason(reason));
        var later = fleet.LaterCommands; // As they are now: what comes while this is written is not confirmed.
        if (later.Count > 0)
            await store.WriteAsync(writer => Take(writer, later, caller.OriginOf(reason, "")), cancellationToken);
        fleet.Confirm(later);
        nudge.Nudge();
        return new ControllerView(await store.ReadAsync(reader => reader.Identity, cancellationToken), fleet.LaterCommands.Count);
    }

    /// <summary>The terms of the store that is lost are known from now on, so that a host that returns with them later says nothing new; and ours are the higher generations.</summary>
    private bool Take(IStoreWriter writer, IReadOnlyCollection<LaterCommand> later, Origin origin)
    {
        foreach (var term in later.Where(command => command.Owner is null).Select(command => command.Ticket).GroupBy(ticket => ticket.EpochId))
            writer.AcceptEpochTerm(new EpochTerm(term.Key, term.Max(ticket => ticket.Epoch), term.Min(ticket => ticket.StoreRevision), term.Max(ticket => ticket.StoreRevision)));
        var generations = later.GroupBy(command => command.Ticket.SubjectId).ToDictionary(subject => subject.Key, subject => subject.Max(command => command.Ticket.Generation));
        foreach (var instance in writer.ListInstances())
            writer.UpdateInstance(instance with { Generation = Above(generations, instance.Id.ToString(), instance.Generation) });

        var now = timeProvider.GetUtcNow();
        var outrun = OutrunOf(writer, generations);
        var forgotten = later.Where(command => !fleet.Host(command.HostId).Instances.Keys.Any(id => id.ToString() == command.Ticket.SubjectId)).Select(command => command.Ticket.SubjectId).ToHashSet(StringComparer.Ordinal);
        var known = later.Select(command => command.Ticket.SubjectId).Concat(fleet.Hosts.Values.SelectMany(ShownBy)).ToHashSet(StringComparer.Ordinal);
        var since = new NodesSince(fleet, later, origin, now);
        foreach (var cluster in writer.ListClusters(null).Concat(writer.ListTrash(null)))
        {
            var raised = cluster with { OwnerGeneration = Above(generations, cluster.Id.ToString(), cluster.OwnerGeneration), NextOrdinal = NextOrdinalOf(cluster, cluster.Lifecycle == ClusterLifecycle.Active ? known : forgotten), Trash = Raise(cluster.Trash, generations) };
            raised = outrun.Contains(cluster.Ref) ? TrashRules.Anew(raised, now) : raised;
            raised = TakePower(writer, since.Take(writer, raised), generations);
            Invariant.Require(writer.UpdateCluster(raised, cluster.Generation), "a cluster does not change within one transaction");
        }

        foreach (var leftover in writer.ListLeftovers())
        {
            writer.UpdateLeftover(leftover with
            {
                OwnerGeneration = Above(generations, leftover.Owner.Id.ToString("D"), leftover.OwnerGeneration),
                Generation = leftover.InstanceId is { } id ? Above(generations, id.ToString(), leftover.Generation) : leftover.Generation,
                NotBefore = outrun.Contains(leftover.Owner) ? now + TrashRules.Time : leftover.NotBefore,
            });
        }

        var payload = new JsonObject { ["commands"] = later.Count.ToString(CultureInfo.InvariantCulture) };
        writer.AddEvent(new NewEvent("controller.restore_confirmed", Caller.DefaultProject, writer.Identity.StoreId, origin, payload.ToJsonString(), now));
        return true;
    }

    private static IEnumerable<string> ShownBy(HostObservation host) =>
        host.Instances.Keys.Concat(host.Containers.Values.Select(container => container.InstanceId).OfType<InstanceId>()).Select(id => id.ToString());

    /// <summary>
    /// Whether a cluster is meant to run, where its agents have obeyed more than the copy knows: what they were told last counts. An old note of who led then says nothing, and is not kept.
    /// </summary>
    private Cluster TakePower(IStoreWriter writer, Cluster cluster, Dictionary<string, long> generations)
    {
        if (cluster.Lifecycle != ClusterLifecycle.Active)
            return cluster;
        var instances = writer.ListInstances(cluster.Ref);
        var nodes = instances.Where(node => node.Profile.IsNode).ToList();
        if (!nodes.Exists(node => generations.ContainsKey(node.Id.ToString())))
            return cluster;
        // One that is to be stopped may be on its way out of its cluster: that was stopped only where all are, and nobody is seen to lead.
        var wants = nodes.Select(node => fleet.Host(node.HostId) is { IsCurrent: true } host ? host.Instances.GetValueOrDefault(node.Id)?.Want : null).ToList();
        var isRunning = wants.Contains(InstanceWant.Running) || wants.Contains(InstanceWant.Fenced) || (fleet.Cluster(cluster.Id) is { PrimaryTakesWrites: true } seen && seen.IsFresh(timeProvider.GetUtcNow()));
        if (!isRunning && !wants.TrueForAll(want => want == InstanceWant.Stopped))
            return cluster;
        if (isRunning == cluster.IsStopped)
        {
            foreach (var instance in instances)
                writer.UpdateInstance(instance with { Power = isRunning ? InstancePower.Running : InstancePower.Stopped });
        }

        return cluster with { Stopped = isRunning ? null : new Stopped { Nodes = [] } };
    }

    /// <summary>
    /// The deleted clusters of which agents have obeyed more: they may live again, so nothing of them goes by what an old copy says was due, but where a person has asked for that.
    /// </summary>
    private static HashSet<ResourceRef> OutrunOf(IStoreReader reader, Dictionary<string, long> generations) =>
    [
        .. reader.ListTrash(null)
            .Where(cluster => cluster.Trash is { IsPurgeAsked: false } trash && trash.Instances.Select(instance => instance.Id.ToString()).Append(cluster.Id.ToString()).Any(generations.ContainsKey))
            .Select(cluster => cluster.Ref),
    ];

    /// <summary>
    /// An ordinal whose instance agents were told to forget is not given out again: they remember that. One whose instance still stands may meet it again, as where a create goes on; but not in a cluster
    /// that lives, of which that may be a node.
    /// </summary>
    private static int NextOrdinalOf(Cluster cluster, HashSet<string> taken) => Enumerable.Range(cluster.NextOrdinal, FoundNodes.OrdinalsSinceMax)
        .Where(ordinal => KindProfile.All.Any(kind => taken.Contains(InstanceId.Derive(cluster.Ref, kind.Kind, ordinal).ToString())))
        .Select(ordinal => ordinal + 1)
        .LastOrDefault(cluster.NextOrdinal);

    /// <summary>What comes back from the trash is commanded by these generations.</summary>
    private static Trash? Raise(Trash? trash, Dictionary<string, long> generations) => trash is null
        ? null
        : trash with { Instances = [.. trash.Instances.Select(instance => instance with { Generation = Above(generations, instance.Id.ToString(), instance.Generation) })] };

    /// <summary>What nobody can have given out raises nothing, so there is always one above.</summary>
    private static long Above(Dictionary<string, long> obeyed, string subject, long own) => obeyed.TryGetValue(subject, out var generation) && generation >= own && generation <= Ticket.GenerationMax ? generation + 1 : own;
}
