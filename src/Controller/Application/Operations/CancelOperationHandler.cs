using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Operations;

/// <summary>Asks for the end of an operation; whoever carries it out undoes what it did. Asking twice is asking once.</summary>
internal sealed class CancelOperationHandler(IStore store, IFleetView fleet, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Asks.</summary>
    public async Task<Operation> HandleAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var operation = await store.WriteAsync(writer => Cancel(writer, id, caller), cancellationToken);
        nudge.Nudge();
        return operation;
    }

    private Operation Cancel(IStoreWriter writer, string id, Caller caller)
    {
        var operation = OperationLookup.Get(writer, caller, id);
        if (operation.CancelRequested)
            return operation;
        if (!OperationSteps.IsCancellable(operation))
            throw Refusals.NotCancellable(operation);
        ObserveOnlyRule.Require(fleet, operation.Resource);

        var now = timeProvider.GetUtcNow();
        writer.AddEvent(NewEvent.Of(operation, "cancel_requested", now) with { Origin = caller.OriginOf("", "") });
        return writer.UpdateOperation(operation with { CancelRequested = true, UpdatedAt = now });
    }
}
