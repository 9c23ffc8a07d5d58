using Agents.Domain.Model;

namespace Agents.Controller.Application.Operations;

/// <summary>Waits for the end of an operation, but not longer than the caller likes.</summary>
internal sealed class WaitForOperation(WatchOperationHandler watch, TimeProvider timeProvider)
{
    /// <summary>The operation at its end, or as it is when the time is over.</summary>
    public async Task<Operation> HandleAsync(Operation operation, TimeSpan limit, Caller caller, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var last = operation;
        try
        {
            await foreach (var change in watch.HandleAsync(operation.Id.ToString(), caller, source.Token))
                last = change;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The caller waits no longer; the operation goes on.
        }
        return last;
    }
}
