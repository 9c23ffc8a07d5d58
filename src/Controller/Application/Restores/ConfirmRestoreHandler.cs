using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Restores;

/// <summary>
/// Ends the observing of a controller whose store is older than the fleet: raises the generations that agents have outrun, so that they obey again. A host that returns later
/// and has outrun the store too begins it anew. Where nothing is newer it does nothing.
/// </summary>
internal sealed class ConfirmRestoreHandler(IStore store, IFleetView fleet, INudge nudge, TimeProvider timeProvider)
{
    /// <summary>Confirms.</summary>
    public async Task<ControllerView> HandleAsync(string reason, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(RequestRules.CheckReason(reason));
        var newer = fleet.NewerGenerations.ToDictionary(); // As they are now: what comes while this is written is not confirmed.
        if (newer.Count > 0)
            await store.WriteAsync(writer => Raise(writer, newer, caller.OriginOf(reason, "")), cancellationToken);
        fleet.ConfirmNewer(newer);
        nudge.Nudge();
        return new ControllerView(await store.ReadAsync(reader => reader.Identity, cancellationToken), fleet.NewerGenerations.Count);
    }

    private bool Raise(IStoreWriter writer, IReadOnlyDictionary<InstanceId, long> newer, Origin origin)
    {
        foreach (var instance in writer.ListInstances())
        {
            if (newer.TryGetValue(instance.Id, out var generation) && generation >= instance.Generation)
                writer.UpdateInstance(instance with { Generation = generation + 1 });
        }

        var payload = new JsonObject { ["instances"] = newer.Count.ToString(CultureInfo.InvariantCulture) };
        writer.AddEvent(new NewEvent("controller.restore_confirmed", Caller.DefaultProject, writer.Identity.StoreId, origin, payload.ToJsonString(), timeProvider.GetUtcNow()));
        return true;
    }
}
