using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Perf.Scale;

/// <summary>
/// Agents that are none: what a resting controller asks of one is answered at once from a <see cref="World"/>, anything else is refused, and every call is counted by its name.
/// Safe for concurrent use.
/// </summary>
internal sealed class CountingAgents(World world) : IAgents, IPatroniAgents
{
    private readonly Dictionary<InstanceId, Instance> _instances = world.Instances.ToDictionary(instance => instance.Id);
    private readonly ConcurrentDictionary<ResourceRef, InstanceId> _leaders = new();
    private readonly ConcurrentDictionary<HostId, IAgent> _agents = new();
    private readonly ConcurrentDictionary<HostId, IPatroniAgent> _patroni = new();

    /// <summary>How often each method was called.</summary>
    public ConcurrentDictionary<string, long> Calls { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IAgent? Find(HostId host) => _agents.GetOrAdd(host, _ => AgentProxy.Create<IAgent>(this));

    /// <inheritdoc/>
    public IPatroniAgent? FindPatroni(HostId host) => _patroni.GetOrAdd(host, _ => AgentProxy.Create<IPatroniAgent>(this));

    /// <summary>The node that leads a cluster: the first, until another is told to.</summary>
    public InstanceId LeaderOf(ResourceRef cluster) => _leaders.GetOrAdd(cluster, id => world.ByCluster[id].First(instance => instance.Kind == InstanceKind.Postgres).Id);

    /// <summary>Another node leads.</summary>
    public void Promote(Instance node) => _leaders[node.Owner] = node.Id;

    private object Answer(MethodInfo method, object?[] arguments)
    {
        Calls.AddOrUpdate(method.Name, 1, (_, count) => count + 1);
        return method.Name switch
        {
            nameof(IPatroniAgent.GetPatroniClusterAsync) => Task.FromResult(Report(_instances[(InstanceId)arguments[0]!])),
            nameof(IPatroniAgent.IsEtcdHealthyAsync) => Task.FromResult(true),
            _ => throw new AgentUnavailableException($"nobody answers {method.Name} here"),
        };
    }

    private PatroniReport Report(Instance asked)
    {
        var leader = LeaderOf(asked.Owner);
        return new PatroniReport(
            [.. Nodes(asked.Owner).Select(node => new PatroniReport.Member(node.Member, node.Id == leader ? "leader" : "replica", node.Id == leader ? "running" : "streaming", 1, null))],
            Paused: false,
            SelfIsLeader: asked.Id == leader,
            asked.Id == leader ? Replication(asked) : SenderReport.Nothing);
    }

    private SenderReport Replication(Instance leader) =>
        new([.. Nodes(leader.Owner).Where(node => node.Id != leader.Id).Select(node => new ReplicationReport(node.Member, "streaming", "quorum", TimeSpan.Zero, 0))], []);

    private IEnumerable<Instance> Nodes(ResourceRef cluster) => world.ByCluster[cluster].Where(instance => instance.Kind == InstanceKind.Postgres);

    /// <summary>Takes every call of an interface, also those that a later version of it has.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The proxy is a subtype that is made at run time.")]
    internal class AgentProxy : DispatchProxy
    {
        private CountingAgents? _agents;

        /// <summary>An agent whose calls come to these agents.</summary>
        public static TAgent Create<TAgent>(CountingAgents agents)
            where TAgent : class
        {
            var proxy = Create<TAgent, AgentProxy>();
            ((AgentProxy)(object)proxy)._agents = agents;
            return proxy;
        }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _agents!.Answer(targetMethod!, args!);
    }
}
