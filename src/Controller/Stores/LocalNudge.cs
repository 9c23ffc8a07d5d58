namespace Agents.Controller.Stores;

/// <summary>
/// Says to the loops of this process that something may have changed. Carries no data: the loops read everything anyway, and a lost nudge costs only their period. Safe for
/// concurrent use.
/// </summary>
internal sealed class LocalNudge
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes every loop that waits.</summary>
    public void Nudge() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Ends at the next nudge after this call.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => _next.Task.WaitAsync(cancellationToken);
}
