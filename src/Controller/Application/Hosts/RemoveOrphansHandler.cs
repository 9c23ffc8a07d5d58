using System.Text.Json.Nodes;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>
/// Writes the orphans of a host down as things to be removed, which the loop then does, as long as it takes. Data goes only where its volume is named. Nothing is done while the
/// store may be older than the fleet: what looks like an orphan then may be a cluster that it has forgotten.
/// </summary>
internal sealed class RemoveOrphansHandler(IStore store, IFleetView fleet, HostViews views, LocalNudge nudge, TimeProvider timeProvider)
{
    // The store does not know at which generation the owner was: this is above all that were ever given out, and whoever it was does not come back.
    private const long OwnerGeneration = Ticket.GenerationMax;

    /// <summary>Has them removed.</summary>
    public async Task<HostView> HandleAsync(RemoveOrphans command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        var view = await store.WriteAsync(writer => Remove(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return view;
    }

    private HostView Remove(IStoreWriter writer, RemoveOrphans command, Caller caller)
    {
        var host = HostLookup.Get(writer, caller, command.Project, command.Id);
        var identity = RequestIdentity.Of(caller, command.RequestId, "host.remove_orphans", host.Id.ToString(), string.Join('\0', command.DestroyData));
        if (identity.FindFirst(writer) is not null)
            return views.Of(writer, host);

        ObserveOnlyRule.Require(fleet);
        var orphans = views.Of(writer, host).Orphans;
        Refusals.ThrowIfAny(command.DestroyData.Except(orphans.Where(orphan => orphan.HoldsData).Select(orphan => orphan.Name))
            .Select(name => new Violation("destroy_data", $"\"{name}\" is no orphaned volume of the host: name those that its orphans show")));
        var now = timeProvider.GetUtcNow();
        var asked = orphans.Where(orphan => !orphan.HoldsData || command.DestroyData.Contains(orphan.Name)).ToList();
        var problems = asked.Where(orphan => orphan.Kind == Orphan.Type.Container).Select(orphan => (orphan.Name, Problem: OrphanedNodes.FindProblem(writer, fleet, host.Id, orphan.Name, now))).Where(orphan => orphan.Problem is not null)
            .ToDictionary(orphan => orphan.Name, orphan => orphan.Problem!, StringComparer.Ordinal);
        var removed = asked.Where(orphan => !problems.ContainsKey(orphan.Name)).ToList();
        if (removed.Count == 0 && problems.Count > 0)
            throw Refusals.NodesNeeded(problems.Values.First());
        foreach (var orphan in removed)
            writer.AddLeftover(LeftoverOf(host, orphan, now));
        writer.AddEvent(new NewEvent(
            "host.orphans_removal_requested",
            host.Project,
            host.Id.ToString(),
            caller.OriginOf(command.Reason, command.RequestId),
            new JsonObject { ["name"] = host.Name, ["orphans"] = new JsonArray([.. removed.Select(orphan => JsonValue.Create(orphan.Name))]) }.ToJsonString(),
            now));
        identity.Keep(writer, host.Id.ToString(), "", now);
        return views.Of(writer, host);
    }

    private static Leftover LeftoverOf(Host host, Orphan orphan, DateTimeOffset now) => new()
    {
        HostId = host.Id,
        Owner = orphan.Owner,
        OwnerGeneration = OwnerGeneration,
        InstanceId = orphan.InstanceId,
        Generation = orphan.InstanceId is null ? 0 : orphan.Generation,
        Kind = orphan.Kind switch
        {
            Orphan.Type.Container => LeftoverKind.Instance,
            Orphan.Type.Volume => LeftoverKind.Volume,
            Orphan.Type.Network => LeftoverKind.Network,
        },
        Name = orphan.Name,
        NotBefore = now,
        DestroyData = true,
        OperationId = Leftover.OfOrphan,
    };
}
