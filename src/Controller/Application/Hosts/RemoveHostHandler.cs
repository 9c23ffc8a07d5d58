using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Agents.Controller.Application.Restores;
using Agents.Controller.Enrollment;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>
/// Removes a host that is gone for good, with its credential: its name is free again, and its certificate never links again. Instances, and data of deleted clusters, go with it only when it is
/// named once more; what is still to be removed there is not waited for any longer.
/// </summary>
internal sealed class RemoveHostHandler(IStore store, IFleetView fleet, IHostConnections connections, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Removes the host. Returns what stays on the machine.</summary>
    public async Task<ImmutableArray<string>> HandleAsync(RemoveHost command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(RequestRules.CheckReason(command.Reason));
        var (host, isRevoked) = await store.ReadAsync(
            reader => HostLookup.Get(reader, caller, command.Project, command.Id) is var found ? (found, reader.FindIdentity(found.Id)?.RevokedAt is not null) : default,
            cancellationToken);
        // A host that is revoked has no link, however lately it was seen.
        if (!isRevoked && fleet.Host(host.Id).State != HostState.Disconnected)
            throw Refusals.HostLinked(host);
        var left = await store.WriteAsync(writer => Remove(writer, command, caller), cancellationToken);
        connections.Cut(host.Id, "the host was removed");
        nudge.Nudge();
        return left;
    }

    private ImmutableArray<string> Remove(IStoreWriter writer, RemoveHost command, Caller caller)
    {
        ObserveOnlyRule.Require(fleet);
        var host = HostLookup.Get(writer, caller, command.Project, command.Id);
        var instances = writer.ListInstances().Where(instance => instance.HostId == host.Id).ToList();
        var trash = writer.ListTrash(null).Where(cluster => TrashRules.KeptOf(writer, cluster).Any(leftover => leftover.HostId == host.Id)).ToList();
        if ((instances.Count > 0 || trash.Count > 0) && command.Force != host.Name)
            throw Refusals.HostInUse(host, instances, trash);
        foreach (var cluster in instances.Select(instance => instance.Owner).Distinct().Select(owner => writer.FindCluster(new ClusterId(owner.Id))).OfType<Cluster>())
        {
            if (cluster.HeldBy is { } holder)
                throw Refusals.OperationInProgress(cluster, holder);
        }

        var now = timeProvider.GetUtcNow();
        foreach (var instance in instances)
            writer.RemoveInstance(instance.Id);
        var origin = caller.OriginOf(command.Reason, "");
        var leftovers = Forget(writer, host, origin, now);
        writer.RemoveHost(host.Id);
        ImmutableArray<string> left = [.. instances.Select(instance => instance.Member), .. leftovers.Select(leftover => leftover.Name)];
        var payload = new JsonObject { ["name"] = host.Name, ["left_behind"] = new JsonArray([.. left.Select(name => JsonValue.Create(name))]) };
        writer.AddEvent(new NewEvent("host.removed", host.Project, host.Id.ToString(), origin, payload.ToJsonString(), now));
        return left;
    }

    /// <summary>Nothing will be removed there any more: deletes that wait for this host alone have ended.</summary>
    private static List<Leftover> Forget(IStoreWriter writer, Host host, Origin origin, DateTimeOffset now)
    {
        var leftovers = writer.ListLeftovers().Where(leftover => leftover.HostId == host.Id).ToList();
        foreach (var leftover in leftovers)
            writer.RemoveLeftover(leftover);
        foreach (var owner in leftovers.Select(leftover => leftover.Owner).Distinct())
            TrashRules.EndIfLost(writer, owner, host, origin, now);
        foreach (var id in leftovers.Select(leftover => leftover.OperationId).Distinct())
            AwaitedHosts.EndIfNoneIsLeft(writer, id, now);

        return leftovers;
    }
}
