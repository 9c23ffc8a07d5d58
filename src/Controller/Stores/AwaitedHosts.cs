using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Ends operations that only wait for hosts that were away.</summary>
internal static class AwaitedHosts
{
    /// <summary>Ends an operation, with its event, when nothing that it waits for is left; in the transaction that strikes the last of it off.</summary>
    public static void EndIfNoneIsLeft(IStoreWriter writer, OperationId id, DateTimeOffset now)
    {
        if (writer.FindOperation(id) is not { State: OperationState.SucceededPendingHosts } operation)
            return;
        if (writer.ListLeftovers().Any(leftover => leftover.OperationId == id && leftover.NotBefore <= now))
            return;
        var ended = writer.UpdateOperation(operation with { State = OperationState.Succeeded, UpdatedAt = now, EndedAt = now });
        writer.AddEvent(NewEvent.Of(ended, "succeeded", now));
    }

    /// <summary>Networks of a resource that were to go are needed again on these hosts.</summary>
    public static void KeepNetworks(IStoreWriter writer, ResourceRef owner, IReadOnlySet<HostId> hosts, DateTimeOffset now)
    {
        foreach (var kept in writer.ListLeftovers().Where(leftover => leftover.Kind == LeftoverKind.Network && leftover.Owner == owner && hosts.Contains(leftover.HostId)).ToList())
        {
            writer.RemoveLeftover(kept);
            EndIfNoneIsLeft(writer, kept.OperationId, now);
        }
    }
}
