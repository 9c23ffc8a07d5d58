using Agents.V1;
using Grpc.Core;
using Xunit;

namespace Agents.Testing.Engines;

/// <summary>
/// A real Patroni cluster for the tests of a collection: one etcd member, two PostgreSQL nodes, TLS everywhere, and an agent that knows them. Made once, removed after.
/// </summary>
public sealed class PatroniFixture : IAsyncLifetime
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);
    private EngineCluster? _cluster;
    private EngineAgent? _agent;

    /// <summary>The cluster.</summary>
    internal EngineCluster Cluster => _cluster ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>The agent.</summary>
    internal EngineAgent Agent => _agent ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>A near deadline, as every unary call has one.</summary>
    internal static CallOptions Soon => new(deadline: DateTime.UtcNow.AddSeconds(20));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _cluster = await EngineCluster.CreateAsync();
        try
        {
            await _cluster.StartEtcdAsync(1);
            await _cluster.StartNodesAsync(2);
            _agent = await EngineAgent.StartAsync(_cluster.Network);
            await ConvergedAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until one node leads and the other streams from it; returns them.</summary>
    internal async Task<(EngineContainer Leader, EngineContainer Replica)> ConvergedAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        while (true)
        {
            if (await TryFindAsync() is { } found)
                return found;
            await Task.Delay(_pause, limit.Token);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_agent is not null)
            await _agent.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    private async Task<(EngineContainer Leader, EngineContainer Replica)?> TryFindAsync()
    {
        foreach (var node in Cluster.Nodes)
        {
            try
            {
                var answer = await Agent.Patroni.GetClusterAsync(new GetClusterRequest { InstanceId = node.InstanceId }, Soon);
                var replica = answer.Members.FirstOrDefault(member => member.State == "streaming" && member.HasLagBytes);
                var timelines = answer.Members.Select(member => member.Timeline).Distinct().Count();
                if (answer.SelfIsLeader && replica is not null && timelines == 1)
                    return (node, Cluster.Nodes.Single(candidate => candidate.Member == replica.Name));
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.FailedPrecondition)
            {
                // Not up yet, or between two leaders.
            }
        }
        return null;
    }
}
