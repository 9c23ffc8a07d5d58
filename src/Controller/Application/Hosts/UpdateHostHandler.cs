using System.Text.Json.Nodes;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>Changes labels, or whether new instances are placed on a host.</summary>
internal sealed class UpdateHostHandler(IStore store, IFleetView fleet, HostViews views, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Changes the host.</summary>
    public async Task<HostView> HandleAsync(UpdateHost command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. LabelRules.Check("labels", command.Labels), .. RequestRules.CheckRequestId(command.RequestId)]);
        var view = await store.WriteAsync(writer => Update(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return view;
    }

    private HostView Update(IStoreWriter writer, UpdateHost command, Caller caller)
    {
        var host = HostLookup.Get(writer, caller, command.Project, command.Id);
        var identity = RequestIdentity.Of(
            caller, command.RequestId, "host.update", host.Id.ToString(), command.Etag, LabelText.Of(command.Labels), command.Cordoned?.ToString());
        if (identity.FindFirst(writer) is not null)
            return views.Of(writer, host);

        ObserveOnlyRule.Require(fleet);
        Etag.Require(command.Etag, host.Generation);
        var changed = host with { Labels = host.Labels.With(command.Labels), Cordoned = command.Cordoned ?? host.Cordoned };
        if (changed == host)
            return views.Of(writer, host);

        Refusals.ThrowIfAny(LabelRules.Check("labels", changed.Labels.Values));
        var now = timeProvider.GetUtcNow();
        changed = changed with { Generation = host.Generation + 1 };
        Invariant.Require(writer.UpdateHost(changed, host.Generation), "a host does not change within one transaction");
        writer.AddEvent(new NewEvent(
            "host.updated", host.Project, host.Id.ToString(), caller.OriginOf("", command.RequestId), new JsonObject { ["name"] = host.Name }.ToJsonString(), now));
        identity.Keep(writer, host.Id.ToString(), "", now);
        return views.Of(writer, changed);
    }
}
