using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>What is left of one host while a cluster is being placed. Belongs to one call of the scheduler.</summary>
internal sealed class HostLedger(HostCandidate candidate)
{
    private readonly HashSet<int> _usedPorts = [.. candidate.UsedPorts];
    private readonly Dictionary<InstanceKind, int> _placed = [];
    private string? _subnet;

    /// <summary>The host.</summary>
    public Host Host => candidate.Host;

    /// <summary>How many instances of this kind of the cluster are placed here.</summary>
    public int CountOf(InstanceKind kind) => _placed.GetValueOrDefault(kind);

    /// <summary>How many instances of the cluster are placed here.</summary>
    public int Count => _placed.Values.Sum();

    /// <summary>Instances of other clusters on the host.</summary>
    public int OtherInstances => candidate.InstanceCount;

    /// <summary>Memory of the host in thousandths that is reserved: by others, and by the cluster so far.</summary>
    public long MemoryUseMilli(long nodeMemoryBytes)
    {
        var total = Math.Max(1, candidate.Facts?.MemoryBytes ?? 1);
        return (candidate.ReservedMemoryBytes + _placed.Where(placed => KindProfile.Of(placed.Key).IsNode).Sum(placed => placed.Value) * nodeMemoryBytes) * 1000 / total;
    }

    /// <summary>Takes the lowest free ports for these names; false, and nothing is taken, when there are too few.</summary>
    public bool TryTakePorts(IReadOnlyList<string> names, out ImmutableSortedDictionary<string, int> ports)
    {
        var free = Enumerable.Range(Host.PortFirst, Host.PortLast - Host.PortFirst + 1).Where(port => !_usedPorts.Contains(port)).Take(names.Count).ToList();
        ports = names.Zip(free).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        if (free.Count < names.Count)
            return false;
        _usedPorts.UnionWith(free);
        return true;
    }

    /// <summary>The cluster's network on this host; null when the pool is used up.</summary>
    public string? Subnet() => _subnet ??= SubnetPool.FirstFree(Host.NetworkPool, candidate.UsedSubnets);

    /// <summary>Notes an instance.</summary>
    public void Note(InstanceKind kind) => _placed[kind] = CountOf(kind) + 1;

    /// <summary>Ports of the range that are free, for explanations.</summary>
    public string FreePorts() =>
        string.Create(CultureInfo.InvariantCulture, $"{Enumerable.Range(Host.PortFirst, Host.PortLast - Host.PortFirst + 1).Count(port => !_usedPorts.Contains(port))} of its ports {Host.PortFirst}-{Host.PortLast} are free");
}
