using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Observation;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Controller.Tests.Execution;

/// <summary>What an agent that is wrong, or another's, can do to the controller with its answers: say nonsense within bounds.</summary>
public sealed class HostileAnswerTests
{
    private static readonly string s_long = new('x', 100_000);
    private static readonly InstanceId s_instance = new(Guid.NewGuid());

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, int.MaxValue)]
    [InlineData(-5, 0)]
    public async Task Replication_LagThatIsNoTime_IsLeftOut(long seconds, int nanos)
    {
        var answer = new GetServerStatsResponse { Replication = { new ReplicationStats { ApplicationName = "demo-2", ReplayLag = new Duration { Seconds = seconds, Nanos = nanos }, ReplayLagBytes = -1 } } };

        var report = await new GrpcAgent(new Answering(answer), null!).GetReplicationAsync(s_instance, CancellationToken.None);

        var replica = Assert.Single(report.Replicas);
        Assert.Equal(("demo-2", null, 0), (replica.Name, replica.Lag, replica.LagBytes));
    }

    [Fact]
    public async Task FindEtcdKey_TooLong_IsRefused()
    {
        var answer = new GetKeysResponse { Keys = { new Agents.V1.EtcdKey { Key = "leader", Value = ByteString.CopyFrom(new byte[ReportBounds.TextMax + 1]), ModRevision = 7 } } };

        var refusal = await Assert.ThrowsAsync<AgentRefusedException>(() => new GrpcPatroniAgent(new Answering(answer), null!).FindEtcdKeyAsync(s_instance, "leader", PatroniKeys.LengthMax, CancellationToken.None));

        Assert.Equal(ErrorReasons.EtcdRefused, refusal.Reason);
    }

    [Fact]
    public async Task GetPosition_BeyondAllBounds_IsCut()
    {
        var answer = new GetServerStatsResponse { InRecovery = true, WalReceivedBytes = long.MaxValue, WalPositionBytes = -1 };

        var position = await new GrpcAgent(new Answering(answer), null!).GetPositionAsync(s_instance, CancellationToken.None);

        Assert.Equal(ReportBounds.AmountMax, position.Bytes);
    }

    [Fact]
    public async Task Replication_MoreAndLongerThanIsTaken_IsCut()
    {
        var answer = new GetServerStatsResponse();
        for (var number = 0; number < 2000; number++)
        {
            answer.Replication.Add(new ReplicationStats { ApplicationName = s_long, State = s_long, SyncState = s_long });
            answer.LostSlots.Add(s_long);
        }

        var report = await new GrpcAgent(new Answering(answer), null!).GetReplicationAsync(s_instance, CancellationToken.None);

        Assert.Equal((1000, 1000), (report.Replicas.Count, report.LostSlots.Count));
        Assert.All(report.Replicas.SelectMany(replica => new[] { replica.Name, replica.State, replica.SyncState }).Concat(report.LostSlots), text => Assert.Equal(4096, text.Length));
    }

    [Fact]
    public async Task Patroni_MoreAndLongerThanIsTaken_IsCut()
    {
        var answer = new GetClusterResponse();
        for (var number = 0; number < 2000; number++)
            answer.Members.Add(new PatroniMember { Name = s_long, Role = s_long, State = s_long });

        var report = await new GrpcPatroniAgent(new Answering(answer), null!).GetPatroniClusterAsync(s_instance, CancellationToken.None);

        Assert.Equal(1000, report.Members.Count);
        Assert.All(report.Members.SelectMany(member => new[] { member.Name, member.Role, member.State }), text => Assert.Equal(4096, text.Length));
    }

    [Fact]
    public async Task Dial_MoreAndLongerThanWasAsked_IsCut()
    {
        var answer = new DialTestResponse();
        for (var number = 0; number < 2000; number++)
            answer.Results.Add(new PortResult { Address = s_long, Error = s_long });

        var checks = await new GrpcAgent(new Answering(answer), null!).DialAsync([], "", CancellationToken.None);

        Assert.Equal(1000, checks.Count);
        Assert.All(checks, check => Assert.Equal((4096, 4096), (check.Target.Address.Length, check.Error.Length)));
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Refusal_LongWords_AreCut(StatusCode code)
    {
        var refusal = RpcErrors.Create(code, s_long, s_long, ("sqlstate", s_long));

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => AgentErrors.MapAsync<int>(() => throw refusal, CancellationToken.None));

        Assert.Equal((400, 400), (exception.Message.Length, Assert.IsType<AgentRefusedException>(exception).Reason.Length));
    }

    /// <summary>A link whose agent has one answer to everything.</summary>
    private sealed class Answering(object answer) : CallInvoker
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(Task.FromResult((TResponse)answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();
    }
}
