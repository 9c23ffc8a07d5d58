using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Engines;

/// <summary>What proxies are told of the nodes behind them: what is certain, and no more.</summary>
public sealed class ProxyServersTests
{
    private static readonly ImmutableArray<Instance> _nodes = [.. Enumerable.Range(1, 3).Select(number => A.Instance(A.Cluster(), A.Host(number), InstanceKind.Postgres, number))];
    private static readonly ImmutableArray<Instance> _instances = [.. _nodes, A.Instance(A.Cluster(), A.Host(1), InstanceKind.Haproxy, 7)];

    [Fact]
    public void Of_ANodeThatSaysItLeads_NothingIsSaidOfTheOthers() =>
        Assert.Equal(["read_write/2 up"], Told(ProxyServers.Of(_instances, _nodes[1].Member)));

    [Fact]
    public void Of_ANodeThatDoesNotAnswer_IsNotCutOffByAnothersWord()
    {
        var seen = Seen(leaders: [2], streaming: []);

        Assert.Equal(
            ["read_write/2 down", "read_write/3 up"],
            Told(ProxyServers.Of(_instances, seen with { Nodes = seen.Nodes.SetItem(0, new NodeSight(_nodes[0].Member, NodeSight.Kind.OutOfSight)) }, ImmutableHashSet<InstanceId>.Empty)));
    }

    [Fact]
    public void Of_OneNode_ServesReadersToo() =>
        Assert.Equal(["read_write/1 up", "read_only/1 up"], Told(ProxyServers.Of([_nodes[0]], _nodes[0].Member)));

    [Fact]
    public void Of_WhatStreams_ServesReaders_AndOfTheOthersNothingIsSaid() => Assert.Equal(
        ["read_write/1 up", "read_write/2 down", "read_only/2 up", "read_write/3 down"],
        Told(ProxyServers.Of(_instances, Seen(leaders: [0], streaming: [1]), ImmutableHashSet<InstanceId>.Empty)));

    [Fact]
    public void Of_WhatHasEnded_IsDownWhateverItSaidBefore() => Assert.Equal(
        ["read_write/1 down", "read_only/1 down", "read_write/2 down", "read_only/2 up", "read_write/3 down", "read_only/3 down"],
        Told(ProxyServers.Of(_instances, Seen(leaders: [0], streaming: [1, 2]), new HashSet<InstanceId> { _nodes[0].Id, _nodes[2].Id })));

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0, 2 })]
    public void Of_NoPrimaryOrTwo_NothingIsSaidOfWhatRuns(int[] leaders) =>
        Assert.Equal(["read_write/2 down", "read_only/2 down"], Told(ProxyServers.Of(_instances, Seen(leaders, streaming: [1, 2]), new HashSet<InstanceId> { _nodes[1].Id })));

    private static IEnumerable<string> Told(ImmutableArray<ProxyServer> servers) => servers.Select(server => $"{server.Listener}/{server.Server[^1]} {(server.IsUp ? "up" : "down")}");

    private static ClusterObservation Seen(int[] leaders, int[] streaming) => new(
        A.Cluster().Id,
        A.Time,
        [
            .. _nodes.Select((node, index) => new MemberObservation
            {
                Name = node.Member,
                IsPrimary = leaders.Contains(index),
                State = streaming.Contains(index) ? "streaming" : "running",
                Timeline = 1,
            }),
        ],
        Paused: false,
        [.. _nodes.Select((node, index) => new NodeSight(node.Member, leaders.Contains(index) ? NodeSight.Kind.Leads : NodeSight.Kind.Follows))]);
}
