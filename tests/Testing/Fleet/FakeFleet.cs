using Agents.Controller.Execution;
using System.Collections.Immutable;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Testing.Fleet;

/// <summary>
/// A little world of hosts with what stands and runs on them. It knows nothing of controllers: it outlives them. Time passes in it by <see cref="Tick"/> alone.
/// </summary>
internal sealed class FakeFleet
{
    private readonly Dictionary<ResourceRef, FakeEngine> _engines = [];
    private readonly List<(FakeHost Host, int At)> _returns = [];
    private int _now;

    /// <summary>Hosts with all images.</summary>
    public FakeFleet(IEnumerable<Domain.Model.Host> hosts, ImageSet images)
    {
        Hosts = [.. hosts.Select(host => new FakeHost(host))];
        foreach (var host in Hosts)
            host.Images.UnionWith(images.Images.Select(image => image.Label));
    }

    /// <summary>The hosts, by name.</summary>
    public IReadOnlyList<FakeHost> Hosts { get; }

    /// <summary>All mutations that were asked for and not refused.</summary>
    public List<AuditEntry> Audit { get; } = [];

    /// <summary>How many mutations were refused.</summary>
    public int RefusalCount { get; set; }

    /// <summary>Ways from host to host that do not pass.</summary>
    public HashSet<(string From, string To)> Blocked { get; } = [];

    /// <summary>Asked at every call: whether it fails, and how.</summary>
    public Func<AgentCall, AgentFault?> Fault { get; set; } = _ => null;

    /// <summary>Asked at every call: what an agent refuses that does not keep to its own rules.</summary>
    public Func<AgentCall, AgentRefusedException?> Refusal { get; set; } = _ => null;

    /// <summary>Asked at every call before it does anything: what it waits for, as a call to an agent that hangs; null for nothing.</summary>
    public Func<FakeHost, string, Task?> Hold { get; set; } = (_, _) => null;

    /// <summary>How many calls were made of agents.</summary>
    public int CallCount { get; private set; }

    /// <summary>The host of a name.</summary>
    public FakeHost Host(string name) => Hosts.Single(host => host.Host.Name == name);

    /// <summary>The host of an id; null when it is not of this fleet.</summary>
    public FakeHost? Find(HostId id) => Hosts.SingleOrDefault(host => host.Host.Id == id);

    /// <summary>What runs in a cluster's containers.</summary>
    public FakeEngine Engine(ResourceRef cluster)
    {
        if (!_engines.TryGetValue(cluster, out var engine))
            _engines[cluster] = engine = new FakeEngine(this, cluster);
        return engine;
    }

    /// <summary>What the agent of a host has told of its nodes, after what it told before: of each node that runs and answers, anew where it says something else.</summary>
    public ImmutableDictionary<InstanceId, NodeReport> Tell(FakeHost host, ImmutableDictionary<InstanceId, NodeReport> told)
    {
        if (host.IsMute)
            return told; // Nobody takes back what was told.
        if (Hold(host, nameof(FakeAgent.GetPatroniClusterAsync)) is not null)
            return told.Clear();
        var says = host.Containers.Values.Where(container => container is { Kind: InstanceKinds.Postgres, IsRunning: true })
            .ToDictionary(container => container.InstanceId, container => Engine(container.Owner).ReportOf(container.InstanceId));
        return told.RemoveRange(told.Keys.Where(node => !says.ContainsKey(node)))
            .SetItems(says.Where(node => told.GetValueOrDefault(node.Key) is not PatroniReport before || !IsAlike(before, node.Value)).Select(node => KeyValuePair.Create(node.Key, (NodeReport)node.Value)));
    }

    /// <summary>Notes a call, and says whether it fails.</summary>
    public AgentFault? Enter(FakeHost host, string method, bool isMutation)
    {
        var call = new AgentCall(++CallCount, host, method, isMutation);
        return Refusal(call) is { } refusal ? throw refusal : Fault(call);
    }

    /// <summary>Takes a host's link away for some moments.</summary>
    public void LoseLink(FakeHost host, int moments)
    {
        host.IsLinked = false;
        _returns.Add((host, _now + moments));
    }

    private static bool IsAlike(PatroniReport one, PatroniReport other) =>
        (one.Paused, one.SelfIsLeader) == (other.Paused, other.SelfIsLeader)
        && one.Members.SequenceEqual(other.Members)
        && one.Sender.Replicas.SequenceEqual(other.Sender.Replicas)
        && one.Sender.LostSlots.SequenceEqual(other.Sender.LostSlots);

    /// <summary>One moment passes on all hosts.</summary>
    public void Tick()
    {
        _now++;
        foreach (var (host, _) in _returns.Where(entry => entry.At <= _now))
            host.IsLinked = true;
        _returns.RemoveAll(entry => entry.At <= _now);
        foreach (var host in Hosts)
            host.Tick();
        foreach (var cluster in Hosts.SelectMany(host => host.Containers.Values).Select(container => container.Owner).Distinct().ToList())
            Engine(cluster);
        foreach (var engine in _engines.Values)
            engine.Tick();
    }
}
