using System.Runtime.CompilerServices;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Operations;

/// <summary>
/// Follows an operation until its end. Changes are seen in the store and nowhere else, so a watcher sees those of other controllers too, and one that came back after a
/// restart misses nothing but what was replaced since.
/// </summary>
internal sealed class WatchOperationHandler(IStore store, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>How long a change may take to be seen when nothing nudges.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The operation as it is now, then with every change; ends after its end. Throws when there is none.</summary>
    public async IAsyncEnumerable<Operation> HandleAsync(string id, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0L;
        while (true)
        {
            // Asked for before the read: a change between the two is not lost.
            var nudged = nudge.NextAsync(cancellationToken);
            var operation = await store.ReadAsync(reader => OperationLookup.Get(reader, caller, id), cancellationToken);
            if (operation.Sequence > seen)
            {
                seen = operation.Sequence;
                yield return operation;
            }
            if (operation.IsDone || operation.State == OperationState.SucceededPendingHosts)
                yield break;
            await WaitAsync(nudged, cancellationToken);
        }
    }

    private async Task WaitAsync(Task nudged, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(nudged, Task.Delay(Period, timeProvider, source.Token));
        await source.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
