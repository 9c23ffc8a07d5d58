using Agents.Domain.Health;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using static Agents.Controller.Observation.ReportBounds;

namespace Agents.Controller.Execution;

/// <summary>How every call of an agent is made: with a deadline, with its error mapped, and, when it commands, with who commands.</summary>
internal static class AgentCalls
{
    /// <summary>For what an agent answers at once.</summary>
    public static TimeSpan Short { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Makes a call with one answer.</summary>
    public static Task<T> UnaryAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan timeout, CancellationToken cancellationToken) =>
        AgentErrors.MapAsync(async () => await call(Options(timeout, cancellationToken)), cancellationToken);

    /// <summary>The options of a call.</summary>
    public static CallOptions Options(TimeSpan timeout, CancellationToken cancellationToken) =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + timeout, cancellationToken: cancellationToken);

    /// <summary>What a server says of those that copy from it, within bounds.</summary>
    public static SenderReport SenderOf(IEnumerable<ReplicationStats> replicas, IEnumerable<string> lostSlots) => new(
        [
            .. replicas.Take(MembersMax).Select(replica =>
                new ReplicationReport(Cut(replica.ApplicationName), Cut(replica.State), Cut(replica.SyncState), SpanOf(replica.ReplayLag), Cut(replica.ReplayLagBytes))),
        ],
        [.. lostSlots.Take(MembersMax).Select(Cut)]);

    /// <summary>Who commands, about what.</summary>
    public static CommandContext ContextOf(IControllerIdentity identity, InstanceTarget target)
    {
        var owner = target.Owner == default ? null : new ResourceRef { Type = target.Owner.Word, Id = target.Owner.Id.ToString("D") };
        var ticket = target.InstanceId is { } instance ? identity.TicketFor(instance.ToString(), target.Generation) : identity.TicketFor(owner?.Id ?? "", target.OwnerGeneration);
        return new CommandContext
        {
            ControllerId = identity.StoreId,
            Ticket = new V1.Ticket
            {
                Epoch = ticket.Epoch,
                EpochId = ticket.EpochId,
                StoreRevision = ticket.StoreRevision,
                InstanceId = ticket.SubjectId,
                Generation = ticket.Generation,
                Mac = ByteString.CopyFrom(identity.MarkOf(ticket)),
            },
            Owner = owner,
            OwnerGeneration = target.OwnerGeneration,
            InstanceId = target.InstanceId?.ToString() ?? "",
            InstanceGeneration = target.Generation,
        };
    }
}
