using System.Threading.Channels;
using Agents.Agent.Hosts;
using Agents.V1;

namespace Agents.Agent.Services;

/// <summary>Tells one watcher everything: a snapshot first, and again whenever what he knows may have a gap; in between the events, and a heartbeat when it is quiet.</summary>
internal sealed class EventStreamer(HostEvents events, HostSnapshotReader snapshots, TimeProvider timeProvider)
{
    /// <summary>How long the stream may be silent.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>Tells until the token is cancelled. Throws <see cref="SlowReaderException"/> when the watcher falls too far behind.</summary>
    public async Task StreamAsync(Func<WatchEventsResponse, Task> tellAsync, CancellationToken cancellationToken)
    {
        // Subscribed before the snapshot is read: what happens in between is told twice rather than not at all.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reader = events.Subscribe(ended.Token);
        try
        {
            await tellAsync((await snapshots.ReadAsync(cancellationToken)).ToContract());
            while (await WaitAsync(reader, tellAsync, cancellationToken))
                while (reader.TryRead(out var occurred))
                    await tellAsync(occurred.ToContract() ?? (await snapshots.ReadAsync(cancellationToken)).ToContract());
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task<bool> WaitAsync(ChannelReader<HostEvent> reader, Func<WatchEventsResponse, Task> tellAsync, CancellationToken cancellationToken)
    {
        var waiting = reader.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(waiting, Task.Delay(HeartbeatInterval, timeProvider, quiet.Token)) == waiting)
            {
                await quiet.CancelAsync();
                return await waiting;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await tellAsync(HostMapping.Heartbeat(timeProvider.GetUtcNow()));
        }
    }
}
