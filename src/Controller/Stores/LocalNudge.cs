namespace Agents.Controller.Stores;

/// <summary>A nudge within one process. Safe for concurrent use.</summary>
internal sealed class LocalNudge : INudge
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void Nudge() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <inheritdoc/>
    public Task NextAsync(CancellationToken cancellationToken) => _next.Task.WaitAsync(cancellationToken);
}
