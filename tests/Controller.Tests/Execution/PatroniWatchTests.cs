using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Tests.Execution;

/// <summary>What is kept of that which the nodes of a host tell.</summary>
public sealed class PatroniWatchTests
{
    private static readonly InstanceId _first = new(Guid.NewGuid());
    private static readonly InstanceId _second = new(Guid.NewGuid());

    [Fact]
    public async Task Follow_NodesTell_TheLastWordOfEachIsKeptUntilTheStreamEnds()
    {
        var seen = await FollowAsync([Told(_first, leads: false), Told(_second, leads: true), Told(_first, leads: true)]);

        Assert.Equal((1, 2, 2, 0), (seen[0].Reports.Count, seen[1].Reports.Count, seen[2].Reports.Count, seen[3].Reports.Count));
        Assert.True(Assert.IsType<PatroniReport>(seen[2].Reports[_first]).SelfIsLeader);
        Assert.Equal(A.Time, seen[2].LastSeenAt);
    }

    [Fact]
    public async Task Follow_NodeSaysNothingAnyMore_ItsLastWordIsGone()
    {
        var seen = await FollowAsync([Told(_first, leads: true), new WatchNodesResponse { InstanceId = _first.ToString() }]);

        Assert.Empty(seen[1].Reports);
    }

    [Fact]
    public async Task Follow_NoIdOrMoreThanIsTaken_IsNotKept()
    {
        var large = Told(_first, leads: true);
        large.Cluster.Members.Add(new PatroniMember { Name = new string('x', PatroniWatch.ReportBytesMax) });
        var many = Enumerable.Range(0, PatroniWatch.NodesMax + 10).Select(_ => Told(new InstanceId(Guid.NewGuid()), leads: true)).ToList();

        var seen = await FollowAsync([new WatchNodesResponse { InstanceId = "x", Cluster = new GetClusterResponse() }, Told(_first, leads: true), large, .. many]);

        Assert.Equal((1, 0), (seen[0].Reports.Count, seen[1].Reports.Count));
        Assert.Equal(PatroniWatch.NodesMax, seen.Max(host => host.Reports.Count));
    }

    /// <summary>The host as it is seen after each change.</summary>
    private static async Task<List<HostObservation>> FollowAsync(IReadOnlyList<WatchNodesResponse> told)
    {
        var (host, seen) = (HostObservation.NeverHeard(A.Host(1).Id), new List<HostObservation>());
        await new PatroniWatch(new SetClock()).FollowAsync(new Telling(told), change => seen.Add(host = change(host)), CancellationToken.None);
        return seen;
    }

    private static WatchNodesResponse Told(InstanceId node, bool leads) => new() { InstanceId = node.ToString(), Cluster = new GetClusterResponse { SelfIsLeader = leads } };

    /// <summary>A link whose agent tells this and ends.</summary>
    private sealed class Telling(IReadOnlyList<WatchNodesResponse> told) : CallInvoker
    {
        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(new Reader<TResponse>([.. told.Cast<TResponse>()]), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();
    }

    private sealed class Reader<T>(IReadOnlyList<T> items) : IAsyncStreamReader<T>
    {
        private int _at = -1;

        public T Current => items[_at];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_at < items.Count);
    }
}
