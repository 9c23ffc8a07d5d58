using System.Collections.Concurrent;
using System.Threading.Channels;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.V1;
using Agents.Words;
using Instance = Agents.Domain.Model.Instance;

namespace Agents.Perf.Scale;

/// <summary>What the agents of a <see cref="World"/> see: who leads each cluster, and which container has ended. Safe for concurrent use.</summary>
internal sealed class FleetState(World world)
{
    private readonly ConcurrentDictionary<int, int> _leaders = new();
    private readonly ConcurrentDictionary<int, Instance> _dead = new();
    private readonly ConcurrentDictionary<HostId, Channel<WatchEventsResponse>> _events = new();
    private readonly ConcurrentDictionary<HostId, Channel<WatchNodesResponse>> _nodes = new();

    /// <summary>The store id of the controller, as it says in its greeting.</summary>
    public string ControllerId { get; set; } = "";

    /// <summary>What happens to containers of a host from now on.</summary>
    public ChannelReader<WatchEventsResponse> Events(HostId host) => (_events[host] = Channel.CreateUnbounded<WatchEventsResponse>()).Reader;

    /// <summary>What nodes of a host say from now on.</summary>
    public ChannelReader<WatchNodesResponse> Nodes(HostId host) => (_nodes[host] = Channel.CreateUnbounded<WatchNodesResponse>()).Reader;

    /// <summary>A cluster's primary ends, or what has ended runs again.</summary>
    public void Change(int cluster, bool isRunning)
    {
        var instance = isRunning ? _dead[cluster] : _dead[cluster] = NodesOf(cluster)[_leaders.GetValueOrDefault(cluster)];
        var container = Show(instance);
        container.State = isRunning ? ContainerState.Running : ContainerState.Exited;
        _events[instance.HostId].Writer.TryWrite(new WatchEventsResponse { Container = new ContainerEvent { Action = isRunning ? "start" : "die", Container = container } });
    }

    /// <summary>The next node leads. Each node's agent sees it with its next look, that is within a second.</summary>
    public void HandOver(int cluster)
    {
        _leaders[cluster] = (_leaders.GetValueOrDefault(cluster) + 1) % NodesOf(cluster).Count;
        foreach (var node in NodesOf(cluster))
            _ = TellAsync(node);

        async Task TellAsync(Instance node)
        {
            await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble()));
            _nodes[node.HostId].Writer.TryWrite(Told(node));
        }
    }

    /// <summary>What a node says.</summary>
    public WatchNodesResponse Told(Instance node) => new() { InstanceId = node.Id.ToString(), Cluster = Says(node) };

    /// <summary>What a node says.</summary>
    public GetClusterResponse Says(Instance node)
    {
        var cluster = world.NumberOf(node.Owner);
        var (nodes, leader) = (NodesOf(cluster), NodesOf(cluster)[_leaders.GetValueOrDefault(cluster)]);
        var says = new GetClusterResponse
        {
            SelfIsLeader = node == leader,
            Members =
            {
                nodes.Select(member => new PatroniMember
                {
                    Name = member.Member,
                    Role = member == leader ? "leader" : "replica",
                    State = member == leader ? "running" : "streaming",
                    Host = member.ClusterAddress,
                    Port = member.Ports[PortNames.Postgres],
                    Timeline = 1,
                }),
            },
        };
        if (says.SelfIsLeader)
            says.Replication.Add(nodes.Where(member => member != leader).Select(member => new ReplicationStats { ApplicationName = member.Member, State = "streaming", SyncState = "quorum" }));
        return says;
    }

    /// <summary>The container of an instance while it runs.</summary>
    public Container Show(Instance instance) => new()
    {
        Id = instance.Id.ToString(),
        Name = instance.ContainerName,
        State = ContainerState.Running,
        Labels = { [ObjectLabels.Controller] = ControllerId, [ObjectLabels.Owner] = instance.Owner.ToString(), [ObjectLabels.Instance] = instance.Id.ToString() },
    };

    private List<Instance> NodesOf(int cluster) => [.. world.ByCluster[world.Clusters[cluster].Ref].Where(instance => instance.Kind == InstanceKind.Postgres)];
}
