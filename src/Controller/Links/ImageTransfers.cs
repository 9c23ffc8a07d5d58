using Agents.Domain.Model;

namespace Agents.Controller.Links;

/// <summary>Counts the transfers of each agent, so that one cannot take all of the controller's bandwidth and files. Safe for concurrent use.</summary>
internal sealed class ImageTransfers(ImageOptions options)
{
    private readonly Dictionary<HostId, int> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Begins a transfer; false when the agent has as many as it may.</summary>
    public bool TryBegin(HostId hostId)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(hostId);
            if (count >= options.TransfersMax)
                return false;
            _counts[hostId] = count + 1;
            return true;
        }
    }

    /// <summary>Ends a transfer.</summary>
    public void End(HostId hostId)
    {
        lock (_lock)
        {
            if (--_counts[hostId] == 0)
                _counts.Remove(hostId);
        }
    }
}
