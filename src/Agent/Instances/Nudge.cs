using System.Threading.Channels;

namespace Agents.Agent.Instances;

/// <summary>A bell without a message: many rings before the listener comes are one.</summary>
internal sealed class Nudge
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Rings.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Waits for a ring, or for as long as is said.</summary>
    public async Task WaitAsync(TimeSpan? longest, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ring = _bell.Reader.ReadAsync(ended.Token).AsTask();
        var delay = Task.Delay(longest ?? Timeout.InfiniteTimeSpan, timeProvider, ended.Token);
        await Task.WhenAny(ring, delay);
        await ended.CancelAsync();
        await ring.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
