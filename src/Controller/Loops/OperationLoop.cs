using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// Takes all open operations further, each by itself: one that waits for a host holds up no other. At most one try of an operation is under way.
/// </summary>
internal sealed class OperationLoop(IStore store, IFleetView fleet, OperationTurn operationTurn, OperationPauses pauses, OwnerGate gate, ILogger<OperationLoop> logger) : ILoop
{
    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(2);

    /// <summary>Where something is open, and nothing of it waits for a shorter time.</summary>
    private static readonly TimeSpan _busy = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<OperationId, Task> _underWay = [];
    private bool _isBusy;

    /// <inheritdoc/>
    public string Name => "operations";

    /// <inheritdoc/>
    public TimeSpan Period => !_isBusy ? _idle : pauses.Next is { } next && next < _busy ? next : _busy;

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        // Where the store is older than the fleet, what it calls open may have been ended long ago. What waits for hosts alone is ended when what was left there is carried out.
        var open = (await store.ReadAsync(reader => reader.ListOpenOperations(), cancellationToken))
            .Where(operation => operation.State != OperationState.SucceededPendingHosts && !fleet.IsObserveOnly(operation.Resource)).ToList();
        foreach (var operation in open)
        {
            if (!_underWay.ContainsKey(operation.Id))
                _underWay[operation.Id] = TryAsync(operation, cancellationToken);
        }

        _isBusy = open.Count > 0;
        foreach (var id in _underWay.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
            _underWay.Remove(id);
        return false;
    }

    private async Task TryAsync(Operation operation, CancellationToken cancellationToken)
    {
        using var ownership = gate.TryOwn(operation.Resource);
        if (ownership is null)
            return; // A reconciling action that began before the operation is still under way.
        try
        {
            while (await operationTurn.TurnAsync(operation.Id, cancellationToken))
            {
                // A step is done: the next one at once.
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the next process goes on.
        }
        catch (Exception exception)
        {
            Log.OperationFaulted(logger, operation.Id, exception);
        }
    }
}
