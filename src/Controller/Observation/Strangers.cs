using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>
/// What stood in a plan's way on hosts and is nobody's of ours: ports that something else held, networks that an agent refused; and, for one operation's plans alone, hosts that others
/// do not reach or that say so. Plans avoid it for a while; after that it is tried again.
/// Kept in memory: another process finds it out anew. Safe for concurrent use.
/// </summary>
internal sealed class Strangers(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(HostId Host, int Port), DateTimeOffset> _ports = [];
    private readonly Dictionary<(HostId Host, string Subnet), DateTimeOffset> _subnets = [];
    private readonly Dictionary<(OperationId Operation, HostId Host), DateTimeOffset> _unreached = [];

    /// <summary>For how long it is avoided.</summary>
    public static TimeSpan Time { get; } = TimeSpan.FromMinutes(10);

    /// <summary>A port of a host is held by something else.</summary>
    public void Note(HostId host, int port)
    {
        lock (_lock)
            Note(_ports, (host, port));
    }

    /// <summary>A network cannot be on a host.</summary>
    public void Note(HostId host, string subnet)
    {
        lock (_lock)
            Note(_subnets, (host, subnet));
    }

    /// <summary>A host is left out of an operation's plans.</summary>
    public void Note(OperationId operation, HostId host)
    {
        lock (_lock)
            Note(_unreached, (operation, host));
    }

    /// <summary>Whether a host is left out of an operation's plans now.</summary>
    public bool IsLeftOut(OperationId operation, HostId host)
    {
        lock (_lock)
            return _unreached.TryGetValue((operation, host), out var until) && until > timeProvider.GetUtcNow();
    }

    /// <summary>The ports of a host that plans avoid now.</summary>
    public ImmutableArray<int> PortsOf(HostId host)
    {
        lock (_lock)
            return [.. _ports.Where(known => known.Key.Host == host && known.Value > timeProvider.GetUtcNow()).Select(known => known.Key.Port)];
    }

    /// <summary>The networks of a host that plans avoid now, in CIDR form.</summary>
    public ImmutableArray<string> SubnetsOf(HostId host)
    {
        lock (_lock)
            return [.. _subnets.Where(known => known.Key.Host == host && known.Value > timeProvider.GetUtcNow()).Select(known => known.Key.Subnet)];
    }

    private void Note<T>(Dictionary<T, DateTimeOffset> known, T what)
        where T : notnull
    {
        var now = timeProvider.GetUtcNow();
        foreach (var old in known.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
            known.Remove(old);
        known[what] = now + Time;
    }
}
