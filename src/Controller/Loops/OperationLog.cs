using Agents.Controller.Execution;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>Writes down how far an operation has come, and its end.</summary>
internal sealed class OperationLog(IStore store, OperationPauses pauses, TimeProvider timeProvider)
{
    /// <summary>Ends an operation together with what becomes of its cluster and with its event: one transaction.</summary>
    public Task EndAsync(StepContext context, Action<IStoreWriter, DateTimeOffset> finish, Func<Operation, bool, Operation> end, string outcome, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            pauses.End(context.Operation.Id);
            var now = timeProvider.GetUtcNow();
            finish(writer, now);
            var operation = Invariant.NotNull(writer.FindOperation(context.Operation.Id), "an operation is never removed while it is open");
            var isPending = writer.ListLeftovers().Any(leftover => leftover.OperationId == operation.Id && leftover.NotBefore <= now);
            var ended = end(operation, isPending);
            var stored = writer.UpdateOperation(ended with { UpdatedAt = now, EndedAt = ended.State == OperationState.SucceededPendingHosts ? null : now });
            writer.AddEvent(NewEvent.Of(stored, ended.State == OperationState.SucceededPendingHosts ? "succeeded_pending_hosts" : outcome, now));
            return stored;
        },
        cancellationToken);

    /// <summary>Logs what became of a step.</summary>
    public Task<StepContext> SaveAsync(StepContext context, int index, OperationStep step, CancellationToken cancellationToken) =>
        UpdateAsync(context, operation => operation with { State = OperationState.Running, Steps = operation.Steps.SetItem(index, step) }, cancellationToken);

    /// <summary>Changes the operation as it is in the store, where a cancel may have come in the meantime.</summary>
    public async Task<StepContext> UpdateAsync(StepContext context, Func<Operation, Operation> change, CancellationToken cancellationToken)
    {
        var operation = await store.WriteAsync(
            writer =>
            {
                var current = Invariant.NotNull(writer.FindOperation(context.Operation.Id), "an operation is never removed while it is open");
                return writer.UpdateOperation(change(current) with { UpdatedAt = timeProvider.GetUtcNow() });
            },
            cancellationToken);
        return context with { Operation = operation };
    }
}
