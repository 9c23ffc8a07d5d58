using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>What is left of one host while a cluster is being placed. Belongs to one call of the scheduler.</summary>
/// <param name="candidate">The host.</param>
/// <param name="spec">What is asked for.</param>
/// <param name="present">What the cluster has here already; the candidate does not count it.</param>
internal sealed class HostLedger(HostCandidate candidate, EffectiveSpec spec, IReadOnlyList<Instance> present)
{
    private const double Mebibyte = 1 << 20;
    private const double Gibibyte = 1 << 30;

    private readonly HashSet<int> _usedPorts = [.. candidate.UsedPorts, .. present.SelectMany(instance => instance.Ports.Values)];
    private readonly Dictionary<InstanceKind, int> _placed = present.GroupBy(instance => instance.Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
    private readonly HostFacts _facts = candidate.Facts ?? throw new ArgumentException("a host without facts passes no filter", nameof(candidate));
    private readonly Lazy<string?> _subnet = new(() => present.Count > 0 ? present[0].Subnet : SubnetPool.FirstFree(candidate.Host.NetworkPool, candidate.UsedSubnets));
    private readonly long _diskPresent = present.Sum(instance => spec.DiskOf(instance.Profile));
    private long _memory = candidate.ReservedMemoryBytes + present.Sum(instance => spec.MemoryOf(instance.Profile));
    private long _disk;

    /// <summary>The host.</summary>
    public Host Host => candidate.Host;

    /// <summary>How many instances of this kind of the cluster are placed here.</summary>
    public int CountOf(InstanceKind kind) => _placed.GetValueOrDefault(kind);

    /// <summary>How many instances of the cluster are placed here.</summary>
    public int Count => _placed.Values.Sum();

    /// <summary>Instances of other clusters on the host.</summary>
    public int OtherInstances => candidate.InstanceCount;

    /// <summary>Memory of the host that is reserved: by others, and by the cluster so far. The store's own number: what a host says of its size draws nothing to it.</summary>
    public long MemoryReserved => _memory;

    /// <summary>Why one more of a kind does not go here: a sentence for each thing that it lacks; empty when it does.</summary>
    public IEnumerable<string> Lacks(KindProfile kind)
    {
        if (spec.PlacementStrict && kind.IsSpread && CountOf(kind.Kind) > 0)
            yield return $"it has one of the {kind.Nouns} already";
        var (memory, disk) = (spec.MemoryOf(kind), spec.DiskOf(kind));
        if (memory > _facts.MemoryBytes - _memory)
            yield return $"memory: {Size(memory)} needed, {Size(_facts.MemoryBytes - _memory)} left of {Size(_facts.MemoryBytes)} after reservations of {Size(_memory)}";
        if (disk > DiskLeft)
            yield return $"disk: {Size(disk)} needed, {Size(DiskLeft)} left of {Size(_facts.DiskBytes)} after reservations of {Size(candidate.ReservedDiskBytes + _diskPresent + _disk)}, {Size(_facts.DiskFreeBytes)} free";
        if (FreePorts().Count < kind.Ports.Length)
            yield return $"ports: {kind.Ports.Length} needed, {FreePorts().Count} of {Host.PortFirst}-{Host.PortLast} free: widen the agent's port range";
        if (_subnet.Value is null)
            yield return $"networks: none left in {Host.NetworkPool}: widen the agent's network pool";
    }

    /// <summary>Takes what one more of a kind needs; only where it lacks nothing.</summary>
    public (ImmutableSortedDictionary<string, int> Ports, string Subnet) Take(KindProfile kind)
    {
        var ports = kind.Ports.Select(port => port.Name).Zip(FreePorts()).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        _usedPorts.UnionWith(ports.Values);
        _memory += spec.MemoryOf(kind);
        _disk += spec.DiskOf(kind);
        _placed[kind.Kind] = CountOf(kind.Kind) + 1;
        return (ports, _subnet.Value!);
    }

    /// <summary>What nobody has reserved, and no more than what is free now less what the cluster has been given of it: what stands on the disk may be nobody's reservation.</summary>
    private long DiskLeft => Math.Min(_facts.DiskBytes - candidate.ReservedDiskBytes - _diskPresent, _facts.DiskFreeBytes) - _disk;

    private List<int> FreePorts() => [.. Enumerable.Range(Host.PortFirst, Host.PortLast - Host.PortFirst + 1).Where(port => !_usedPorts.Contains(port))];

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        <= 0 => "nothing",
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(bytes / Mebibyte)} MiB"),
        >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(bytes * 10 / Gibibyte) / 10} GiB"),
    };
}
