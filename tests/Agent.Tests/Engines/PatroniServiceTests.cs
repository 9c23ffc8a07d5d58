using System.Diagnostics;
using System.Text.Json;
using Agents.Protocol;
using Agents.Testing.Engines;
using Agents.V1;
using Agents.Words;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Agent.Tests.Engines;

/// <summary>PatroniService on a real cluster, through a whole agent.</summary>
public sealed class PatroniServiceTests(PatroniFixture fixture) : PatroniTests(fixture)
{
    [Fact]
    public async Task GetCluster_Converged_ShowsMembersAndTheLeaderItself()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();

        var fromLeader = await ClusterAsync(leader);
        var fromReplica = await ClusterAsync(replica);

        Assert.True(fromLeader.SelfIsLeader);
        Assert.False(fromReplica.SelfIsLeader);
        Assert.False(fromLeader.Paused);
        var first = Assert.Single(fromLeader.Members, member => member.Name == leader.Member);
        Assert.Equal(("leader", "running", leader.Ports[PortNames.Postgres], false), (first.Role, first.State, first.Port, first.HasLagBytes));
        Assert.Equal(Fixture.Cluster.Network.Address, first.Host);
        var second = Assert.Single(fromReplica.Members, member => member.Name == replica.Member);
        Assert.Equal(("replica", "streaming", first.Timeline), (second.Role, second.State, second.Timeline));
        Assert.True(second.HasLagBytes);
        Assert.Equal((replica.Member, "streaming"), (Assert.Single(fromLeader.Replication).ApplicationName, fromLeader.Replication[0].State));
        Assert.Empty(fromReplica.Replication);
    }

    [Fact]
    public async Task Switchover_ToTheReplica_EndsWhenItLeads()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();
        var request = new SwitchoverRequest { Context = EngineAgent.Command(replica), Leader = leader.Member, Candidate = replica.Member };

        var answer = await Agent.Patroni.SwitchoverAsync(request, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(40)));
        var (after, _) = await Fixture.ConvergedAsync();

        Assert.Equal($"Successfully switched over to \"{replica.Member}\"", answer.Message);
        Assert.Equal(replica.Member, after.Member);
    }

    [Fact]
    public async Task Switchover_CallerWaitsNoLonger_GoesOnAndPatroniMissesNobody()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();
        var request = new SwitchoverRequest { Context = EngineAgent.Command(leader), Leader = leader.Member, Candidate = replica.Member };

        var left = await Assert.ThrowsAsync<RpcException>(async () => await Agent.Patroni.SwitchoverAsync(request, new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(700))));
        var (after, _) = await Fixture.ConvergedAsync();
        await Task.Delay(TimeSpan.FromSeconds(2)); // Patroni answers up to so much later.

        Assert.Equal((StatusCode.DeadlineExceeded, replica.Member), (left.StatusCode, after.Member));
        Assert.DoesNotContain("Exception happened during processing of request", await DockerCommand.LogsAsync(leader.Name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchNodes_LeadIsHandedOver_BothNodesTellIt()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();
        using var call = Agent.Patroni.WatchNodes(new WatchNodesRequest(), Soon);
        var told = new Dictionary<string, GetClusterResponse>(StringComparer.Ordinal);
        await UntilAsync(() => told.Count == 2);
        Assert.Equal((true, false), (told[leader.InstanceId].SelfIsLeader, told[replica.InstanceId].SelfIsLeader));
        Assert.Equal(replica.Member, Assert.Single(told[leader.InstanceId].Replication).ApplicationName);

        await Agent.Patroni.SwitchoverAsync(new SwitchoverRequest { Context = EngineAgent.Command(leader), Leader = leader.Member, Candidate = replica.Member }, Soon);

        await UntilAsync(() => told.TryGetValue(replica.InstanceId, out var next) && next.SelfIsLeader && !(told.GetValueOrDefault(leader.InstanceId)?.SelfIsLeader ?? false));
        await Fixture.ConvergedAsync();

        async Task UntilAsync(Func<bool> isAsExpected)
        {
            while (!isAsExpected())
            {
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
                told[call.ResponseStream.Current.InstanceId] = call.ResponseStream.Current.Cluster;
            }
        }
    }

    [Fact]
    public async Task Switchover_FromWhoDoesNotLead_IsRefusedInPatronisWords()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();
        var request = new SwitchoverRequest { Context = EngineAgent.Command(leader), Leader = replica.Member };

        var refusal = await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.PatroniRefused, async () => await Agent.Patroni.SwitchoverAsync(request, Soon));

        Assert.Equal("leader name does not match", refusal.Status.Detail);
    }

    [Fact]
    public async Task Switchover_WithoutLeader_IsRefused()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var request = new SwitchoverRequest { Context = EngineAgent.Command(leader) };

        await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, async () => await Agent.Patroni.SwitchoverAsync(request, Soon));
    }

    [Fact]
    public async Task PatchConfiguration_ValueAndNull_ChangesAndRemoves()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        using var changed = JsonDocument.Parse(await PatchAsync(leader, """{"maximum_lag_on_failover": 4711}"""));
        using var read = JsonDocument.Parse((await Agent.Patroni.GetConfigurationAsync(new GetConfigurationRequest { InstanceId = leader.InstanceId }, Soon)).Json);
        using var removed = JsonDocument.Parse(await PatchAsync(leader, """{"maximum_lag_on_failover": null}"""));

        Assert.Equal(4711, changed.RootElement.GetProperty("maximum_lag_on_failover").GetInt32());
        Assert.Equal(4711, read.RootElement.GetProperty("maximum_lag_on_failover").GetInt32());
        Assert.False(removed.RootElement.TryGetProperty("maximum_lag_on_failover", out _));
    }

    [Fact]
    public async Task Wake_Leader_LooksAtOnceAndChangesNothing()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var before = (await Agent.Patroni.GetConfigurationAsync(new GetConfigurationRequest { InstanceId = leader.InstanceId }, Soon)).Json;
        var watch = Stopwatch.StartNew();

        for (var wakes = 0; wakes < 3; wakes++)
        {
            var turns = await TurnsAsync(leader);
            await Agent.Patroni.WakeAsync(new WakeRequest { Context = EngineAgent.Command(leader) }, Soon);
            while (await TurnsAsync(leader) == turns)
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), "three turns of its own would come in that time, one every 2 s (loop_wait)");
        }

        Assert.Equal(before, (await Agent.Patroni.GetConfigurationAsync(new GetConfigurationRequest { InstanceId = leader.InstanceId }, Soon)).Json);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task PatchConfiguration_NoObject_IsRefused(string json)
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, () => PatchAsync(leader, json));
    }

    [Fact]
    public async Task RestartPostgres_NothingPending_IsRefusedWhenOnlyPendingIsMeant()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        var request = new RestartPostgresRequest { Context = EngineAgent.Command(replica), PendingOnly = true };

        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.PatroniRefused, async () => await Agent.Patroni.RestartPostgresAsync(request, Soon));
    }

    [Fact]
    public async Task RestartPostgres_OfTheLeader_KeepsTheLead()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var before = await StatsAsync(leader);
        var request = new RestartPostgresRequest { Context = EngineAgent.Command(leader), Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(15)) };

        var answer = await Agent.Patroni.RestartPostgresAsync(request, Soon);
        var (after, _) = await Fixture.ConvergedAsync();

        Assert.Equal("restarted successfully", answer.Message);
        Assert.Equal(leader, after);
        Assert.True((await StatsAsync(leader)).StartedAt.ToDateTimeOffset() > before.StartedAt.ToDateTimeOffset());
    }

    [Fact]
    public async Task Reinitialize_Leader_IsRefused()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var request = new ReinitializeRequest { Context = EngineAgent.Command(leader) };

        var refusal = await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.PatroniRefused, async () => await Agent.Patroni.ReinitializeAsync(request, Soon));

        Assert.Contains("leader", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reinitialize_Replica_CopiesItAnew()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        var before = await StatsAsync(replica);

        var answer = await Agent.Patroni.ReinitializeAsync(new ReinitializeRequest { Context = EngineAgent.Command(replica) }, Soon);
        await StartedAgainAsync(replica, before);

        Assert.Equal("reinitialize started", answer.Message);
        Assert.Equal(replica, (await Fixture.ConvergedAsync()).Replica);
    }

    [Fact]
    public async Task GetCluster_PatroniFrozen_IsUnreachable()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        await DockerCommand.RunAsync("pause", replica.Name);
        try
        {
            await RefusedAsync(StatusCode.Unavailable, ErrorReasons.PatroniUnreachable, () => ClusterAsync(replica));
        }
        finally
        {
            await DockerCommand.RunAsync("unpause", replica.Name);
        }
        await Fixture.ConvergedAsync();
    }

    /// <summary>How often Patroni has looked, by what it writes of each time.</summary>
    private static async Task<int> TurnsAsync(EngineContainer node) =>
        (await DockerCommand.LogsAsync(node.Name)).Split('\n').Count(line => line.Contains("no action. I am", StringComparison.Ordinal));

    private async Task<GetClusterResponse> ClusterAsync(EngineContainer node) => await Agent.Patroni.GetClusterAsync(new GetClusterRequest { InstanceId = node.InstanceId }, Soon);

    private async Task<string> PatchAsync(EngineContainer node, string json) =>
        (await Agent.Patroni.PatchConfigurationAsync(new PatchConfigurationRequest { Context = EngineAgent.Command(node), Json = json }, Soon)).Json;

    private async Task StartedAgainAsync(EngineContainer node, GetServerStatsResponse before)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if ((await StatsAsync(node)).StartedAt.ToDateTimeOffset() > before.StartedAt.ToDateTimeOffset())
                    return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                // Being copied.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
