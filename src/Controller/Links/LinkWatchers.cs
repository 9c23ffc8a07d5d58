using System.Threading.Channels;

namespace Agents.Controller.Links;

/// <summary>Those who watch the links. Called under the registry's lock, so that every watcher sees all changes in one order.</summary>
internal sealed class LinkWatchers
{
    private const int BacklogMax = 10_000;

    private readonly List<Channel<LinkChange>> _watchers = [];

    /// <summary>Adds a watcher, which sees <paramref name="sessions"/> first.</summary>
    public Channel<LinkChange> Add(IEnumerable<LinkSession> sessions)
    {
        var watcher = Channel.CreateBounded<LinkChange>(new BoundedChannelOptions(BacklogMax) { SingleReader = true });
        foreach (var session in sessions)
            Tell(watcher, new LinkChange(session, Up: true));
        _watchers.Add(watcher);
        return watcher;
    }

    /// <summary>Removes a watcher.</summary>
    public void Remove(Channel<LinkChange> watcher) => _watchers.Remove(watcher);

    /// <summary>Tells all watchers of a change.</summary>
    public void Tell(LinkChange change)
    {
        foreach (var watcher in _watchers)
            Tell(watcher, change);
    }

    private static void Tell(Channel<LinkChange> watcher, LinkChange change)
    {
        if (!watcher.Writer.TryWrite(change))
            watcher.Writer.TryComplete(new InvalidOperationException("a watcher of the links fell behind: watch again"));
    }
}
