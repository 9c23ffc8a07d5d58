using Agents.Agent.Tests.Engines;
using Agents.Protocol;
using Agents.Testing.Engines;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests.Postgres;

/// <summary>Server statistics of a real primary and its replica, also while containers and servers come and go.</summary>
public sealed class ServerStatsTests(PatroniFixture fixture) : PatroniTests(fixture)
{
    [Fact]
    public async Task GetServerStats_Primary_SeesItsReplica()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();

        var stats = await StatsAsync(leader);

        Assert.StartsWith("17.", stats.Version, StringComparison.Ordinal);
        Assert.False(stats.InRecovery);
        Assert.True(stats.Timeline >= 1);
        Assert.True(stats.WalPositionBytes > 0);
        Assert.Equal(0, stats.WalReceivedBytes);
        Assert.Null(stats.ReplayLag);
        Assert.InRange(stats.StartedAt.ToDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
        Assert.InRange(stats.Connections, 1, stats.ConnectionsMax);
        var streaming = Assert.Single(stats.Replication);
        Assert.Equal((replica.Member, "streaming", "async"), (streaming.ApplicationName, streaming.State, streaming.SyncState));
        Assert.InRange(streaming.ReplayLagBytes, 0, 16 * 1024 * 1024);
        Assert.Contains(stats.Databases, database => database is { Name: "postgres", SizeBytes: > 0, Commits: > 0 });
    }

    [Fact]
    public async Task GetServerStats_Replica_SaysHowFarItIs()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();

        var stats = await StatsAsync(replica);

        Assert.True(stats.InRecovery);
        Assert.Equal((await StatsAsync(leader)).Timeline, stats.Timeline);
        Assert.True(stats.WalPositionBytes > 0);
        Assert.True(stats.WalReceivedBytes >= stats.WalPositionBytes);
        Assert.Empty(stats.Replication);
    }

    [Fact]
    public async Task GetServerStats_ReplayPaused_ShowsTheLag()
    {
        var (leader, replica) = await Fixture.ConvergedAsync();
        await ExecuteAsync(leader, "CREATE TABLE IF NOT EXISTS seen (n int)");
        await ExecuteAsync(replica, "SELECT pg_wal_replay_pause()");
        try
        {
            await ExecuteAsync(leader, "INSERT INTO seen SELECT generate_series(1, 10000)");

            var stats = await StatsAsync(replica);
            while (stats.WalReceivedBytes <= stats.WalPositionBytes)
                stats = await StatsAsync(replica);

            Assert.NotNull(stats.ReplayLag);
        }
        finally
        {
            await ExecuteAsync(replica, "SELECT pg_wal_replay_resume()");
        }
    }

    [Fact]
    public async Task GetServerStats_ContainerReplaced_FollowsToTheNewProcess()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        var before = await StatsAsync(replica);
        await DockerCommand.RunAsync("stop", "--time", "20", replica.Name);

        await RefusedAsync(StatusCode.Unavailable, ErrorReasons.PostgresUnreachable, () => StatsAsync(replica));
        await DockerCommand.RunAsync("start", replica.Name);
        await Fixture.ConvergedAsync();
        var after = await StatsAsync(replica);

        Assert.True(after.StartedAt.ToDateTimeOffset() > before.StartedAt.ToDateTimeOffset());
    }

    [Fact]
    public async Task GetServerStats_ServerRestartedInItsContainer_DeadConnectionsAreNotNoticed()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        var before = await StatsAsync(replica);

        await Agent.Patroni.RestartPostgresAsync(new RestartPostgresRequest { Context = EngineAgent.Command(replica) }, Soon);
        var after = await StatsAsync(replica);
        await Fixture.ConvergedAsync();

        Assert.True(after.StartedAt.ToDateTimeOffset() > before.StartedAt.ToDateTimeOffset());
    }

    [Fact]
    public async Task GetServerStats_ContainerFrozen_EndsWithTheDeadline()
    {
        var (_, replica) = await Fixture.ConvergedAsync();
        var request = new GetServerStatsRequest { InstanceId = replica.InstanceId };
        await StatsAsync(replica);
        await DockerCommand.RunAsync("pause", replica.Name);
        try
        {
            var failure = await Assert.ThrowsAsync<RpcException>(async () => await Agent.Psql.GetServerStatsAsync(request, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(1))));

            Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        }
        finally
        {
            await DockerCommand.RunAsync("unpause", replica.Name);
        }
        Assert.True((await StatsAsync(replica)).InRecovery);
    }
}
