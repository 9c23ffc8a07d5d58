using System.Threading.Channels;
using Agents.Agent.Instances;
using Agents.Agent.Observation;

namespace Agents.Agent.Hosts;

/// <summary>
/// Gives everyone who watches this host what happens on it, in order, through a bounded buffer of his own. Who reads too slowly is cut off: his channel ends with
/// <see cref="SlowReaderException"/>, and he begins anew with a snapshot.
/// </summary>
internal sealed class HostEvents
{
    private const int BufferedMax = 1024;

    private readonly Lock _lock = new();
    private readonly List<Channel<HostEvent>> _subscribers = [];

    /// <summary>Listens to the view and to the records.</summary>
    public HostEvents(ContainerView view, InstanceTable table, InstanceReader reader)
    {
        view.Changed += ShowContainer;
        view.ReachChanged += reach => Publish(new HostEvent(Engine: reach));
        view.Replaced += () => Publish(new HostEvent());
        table.Changed += (instanceId, _) => Publish(ShowInstance(table, reader, instanceId));
    }

    /// <summary>Subscribes until the token is cancelled.</summary>
    public ChannelReader<HostEvent> Subscribe(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<HostEvent>(new BoundedChannelOptions(BufferedMax) { SingleReader = true });
        lock (_lock)
            _subscribers.Add(channel);
        cancellationToken.Register(() => Remove(channel, null));
        return channel.Reader;
    }

    // The engine's events do not tell of our volumes. Whether a container that is gone can be made again depends on them, so its end is followed by a snapshot.
    private void ShowContainer(ContainerChange change)
    {
        Publish(new HostEvent(Container: change));
        if (change.Removed)
            Publish(new HostEvent());
    }

    private void Publish(HostEvent occurred)
    {
        Channel<HostEvent>[] subscribers;
        lock (_lock)
            subscribers = [.. _subscribers];
        foreach (var subscriber in subscribers)
            if (!subscriber.Writer.TryWrite(occurred))
                Remove(subscriber, new SlowReaderException());
    }

    private void Remove(Channel<HostEvent> channel, Exception? reason)
    {
        lock (_lock)
            _subscribers.Remove(channel);
        channel.Writer.TryComplete(reason);
    }

    // A forgotten instance is told by a snapshot: there is no record left to show.
    private static HostEvent ShowInstance(InstanceTable table, InstanceReader reader, string instanceId) =>
        new(Instance: table.Slots.FirstOrDefault(slot => slot.InstanceId == instanceId) is { } slot ? reader.Show(slot) : null);
}
