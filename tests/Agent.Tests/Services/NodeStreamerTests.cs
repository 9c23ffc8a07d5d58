using Agents.Agent.Instances;
using Agents.Agent.Services;
using Agents.Testing;
using Agents.V1;
using Agents.Words;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Agent.Tests.Services;

/// <summary>When a watcher is told what of the nodes of a host. The clock stands still but where a test moves it, and all that is due then has happened when it is moved.</summary>
public sealed class NodeStreamerTests : IDisposable
{
    private readonly FakeTimeProvider _time = A.Clock();
    private readonly FakeNodes _nodes = new();
    private readonly List<WatchNodesResponse> _told = [];
    private readonly CancellationTokenSource _ending = new();

    /// <summary>A leader and its replica.</summary>
    public NodeStreamerTests()
    {
        _nodes.Says["orders-1"] = () => Task.FromResult(Says(leads: true));
        _nodes.Says["orders-2"] = () => Task.FromResult(Says(leads: false));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    [Fact]
    public void Stream_Begins_TellsOfEveryNodeAndThenNothingWithoutNews()
    {
        Start();
        Assert.Equal([("orders-1", true), ("orders-2", false)], _told.Select(told => (told.InstanceId, told.Cluster.SelfIsLeader)));

        Pass(60);

        Assert.Equal(2, _told.Count);
        Assert.Equal(122, _nodes.AskedCount);
    }

    [Fact]
    public void Stream_LeadChanges_IsToldWithTheNextLook()
    {
        Start();
        _nodes.Says["orders-1"] = () => Task.FromResult(Says(leads: false));
        _nodes.Says["orders-2"] = () => Task.FromResult(Says(leads: true));

        Pass(1);

        Assert.Equal([("orders-1", false), ("orders-2", true)], _told.Skip(2).Select(told => (told.InstanceId, told.Cluster.SelfIsLeader)));
    }

    [Fact]
    public void Stream_ReplicaStreamsNoMore_IsToldWithTheNextLook()
    {
        Start();
        _nodes.Says["orders-1"] = () =>
        {
            var says = Says(leads: true);
            says.Replication.Clear();
            return Task.FromResult(says);
        };

        Pass(1);

        Assert.Empty(Assert.Single(_told.Skip(2)).Cluster.Replication);
    }

    [Fact]
    public void Stream_LagAlone_IsToldByTheLeaderAndNowAndThen()
    {
        var lag = 0;
        _nodes.Says["orders-1"] = () => Task.FromResult(Says(leads: true, ++lag));
        _nodes.Says["orders-2"] = () => Task.FromResult(Says(leads: false, ++lag));
        Start();

        Pass(10);

        Assert.Equal(["orders-1", "orders-1"], _told.Skip(2).Select(told => told.InstanceId));
        Assert.All(_told.Skip(2), told => Assert.InRange(told.Cluster.Members[1].LagBytes, 10, 22)); // As it was then, and not at the first look.
    }

    [Fact]
    public void Stream_NodeHangs_IsToldToSayNothingAndHoldsUpNoOther()
    {
        Start();
        _nodes.Says["orders-1"] = () => new TaskCompletionSource<GetClusterResponse>().Task;
        Pass(1);
        _nodes.Says["orders-2"] = () => Task.FromResult(Says(leads: true));
        Pass(1);
        Assert.Equal("orders-2", Assert.Single(_told.Skip(2)).InstanceId);

        Pass(3);
        _nodes.Says["orders-1"] = () => Task.FromResult(Says(leads: false));
        Pass(4);

        Assert.Equal([("orders-1", null), ("orders-1", false)], _told.Skip(3).Select(told => (told.InstanceId, told.Cluster?.SelfIsLeader)));
    }

    [Fact]
    public void Stream_NodeFails_IsToldToSayNothing()
    {
        Start();
        _nodes.Says["orders-2"] = () => throw new InvalidOperationException("it cannot be asked");

        Pass(5);

        Assert.Null(Assert.Single(_told.Skip(2)).Cluster);
    }

    [Fact]
    public void Stream_NodeDoesNotRunAnyMore_IsToldOnceAndWhenItIsBack()
    {
        Start();
        _nodes.Says.Remove("orders-2", out var says);
        Pass(5);
        Assert.Equal(("orders-2", null), (Assert.Single(_told.Skip(2)).InstanceId, _told[2].Cluster));

        _nodes.Says["orders-2"] = says!;
        Pass(1);

        Assert.Equal(("orders-2", false), (_told[3].InstanceId, _told[3].Cluster.SelfIsLeader));
    }

    [Fact]
    public async Task Stream_Ended_Ends()
    {
        var streaming = Start();

        await _ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming).DefaultTimeout();
    }

    private Task Start() => new NodeStreamer(_nodes, _time).StreamAsync(
        told =>
        {
            _told.Add(told.Clone());
            return Task.CompletedTask;
        },
        _ending.Token);

    /// <summary>As many looks.</summary>
    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
            _time.Advance(NodeStreamer.Period);
    }

    private static GetClusterResponse Says(bool leads, int lag = 0) => new()
    {
        SelfIsLeader = leads,
        Members = { new PatroniMember { Name = "orders-1", Role = "leader" }, new PatroniMember { Name = "orders-2", Role = "replica", LagBytes = lag } },
        Replication = { new ReplicationStats { ApplicationName = "orders-2", State = "streaming", ReplayLagBytes = lag, ReplayLag = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(lag)) } },
    };

    /// <summary>Nodes that say what a test has them say; those that say nothing at all do not run.</summary>
    private sealed class FakeNodes : IWatchedNodes
    {
        public SortedDictionary<string, Func<Task<GetClusterResponse>>> Says { get; } = new(StringComparer.Ordinal);

        public int AskedCount { get; private set; }

        public IReadOnlyList<LocalInstance> Running =>
            [.. Says.Keys.Select(name => new LocalInstance(name, InstanceKinds.Postgres, name, name, name, 1, new Dictionary<string, int>(), "10.0.0.1", ""))];

        public Task<GetClusterResponse> ReadAsync(LocalInstance node, CancellationToken cancellationToken)
        {
            AskedCount++;
            return Says[node.InstanceId]();
        }
    }
}
