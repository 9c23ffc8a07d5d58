using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// One owner of a cluster at a time within this process: several reconciling actions on it, or one operation. Nobody waits here: whoever is refused comes again with its next turn.
/// What another process does is ordered by generations. Safe for concurrent use.
/// </summary>
internal sealed class OwnerGate
{
    private const int Owned = -1;

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceRef, int> _holders = [];

    /// <summary>For one reconciling action, beside others; null while an operation owns the cluster. Whether one has begun since must be read from the store after this.</summary>
    public IDisposable? TryShare(ResourceRef cluster)
    {
        lock (_lock)
        {
            var count = _holders.GetValueOrDefault(cluster);
            if (count == Owned)
                return null;
            _holders[cluster] = count + 1;
            return new Holding(this, cluster);
        }
    }

    /// <summary>For an operation, alone; null while anything else is under way.</summary>
    public IDisposable? TryOwn(ResourceRef cluster)
    {
        lock (_lock)
            return _holders.TryAdd(cluster, Owned) ? new Holding(this, cluster) : null;
    }

    private void Leave(ResourceRef cluster)
    {
        lock (_lock)
        {
            if (_holders[cluster] is Owned or 1)
                _holders.Remove(cluster);
            else
                _holders[cluster]--;
        }
    }

    private sealed class Holding(OwnerGate gate, ResourceRef cluster) : IDisposable
    {
        private OwnerGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(cluster);
    }
}
