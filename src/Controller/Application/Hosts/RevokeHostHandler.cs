using System.Text.Json.Nodes;
using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>
/// Makes a host's certificate worthless and cuts its connections at once. What runs there goes on, and nobody can stop it from here any more. Twice is once.
/// </summary>
internal sealed class RevokeHostHandler(IStore store, IHostConnections connections, HostViews views, TimeProvider timeProvider)
{
    /// <summary>Revokes the host.</summary>
    public async Task<HostView> HandleAsync(string project, string idOrName, string reason, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(RequestRules.CheckReason(reason));
        var view = await store.WriteAsync(writer => Revoke(writer, HostLookup.Get(writer, caller, project, idOrName), caller.OriginOf(reason, "")), cancellationToken);
        connections.Cut(view.Host.Id, "its certificate was revoked");
        return view;
    }

    private HostView Revoke(IStoreWriter writer, Host host, Origin origin)
    {
        if (writer.FindIdentity(host.Id) is { RevokedAt: null } identity)
        {
            var now = timeProvider.GetUtcNow();
            writer.UpdateIdentity(identity with { RevokedAt = now });
            var clusters = views.Of(writer, host).ClusterNames.Select(name => JsonValue.Create(name));
            var payload = new JsonObject { ["name"] = host.Name, ["clusters"] = new JsonArray([.. clusters]) };
            writer.AddEvent(new NewEvent("host.revoked", host.Project, host.Id.ToString(), origin, payload.ToJsonString(), now));
        }

        return views.Of(writer, host);
    }
}
