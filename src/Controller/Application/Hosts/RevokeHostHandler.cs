using System.Text.Json.Nodes;
using Agents.Controller.Enrollment;
using Agents.Controller.Stores;

namespace Agents.Controller.Application.Hosts;

/// <summary>
/// Makes a host's certificate worthless and cuts its connections at once. What runs there goes on, and nobody can stop it from here any more. Twice is once.
/// </summary>
internal sealed class RevokeHostHandler(IStore store, IEnrollmentStore enrollment, IHostConnections connections, HostViews views, TimeProvider timeProvider)
{
    /// <summary>Revokes the host.</summary>
    public async Task<HostView> HandleAsync(string project, string idOrName, string reason, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(RequestRules.CheckReason(reason));
        var view = await store.ReadAsync(reader => views.Of(reader, HostLookup.Get(reader, caller, project, idOrName)), cancellationToken);
        var host = view.Host;
        var now = timeProvider.GetUtcNow();
        await enrollment.WriteAsync(
            writer =>
            {
                if (writer.FindIdentity(host.Id) is not { RevokedAt: null } identity)
                    return false;
                writer.UpdateIdentity(identity with { RevokedAt = now });
                var payload = new JsonObject { ["name"] = host.Name, ["clusters"] = new JsonArray([.. view.ClusterNames.Select(name => JsonValue.Create(name))]) };
                writer.AddEvent(new NewEvent("host.revoked", host.Project, host.Id.ToString(), caller.OriginOf(reason, ""), payload.ToJsonString(), now));
                return true;
            },
            cancellationToken);
        connections.Cut(host.Id, "its certificate was revoked");
        return (await views.WithCertificatesAsync([view], cancellationToken))[0];
    }
}
