using System.Diagnostics;
using Agents.Testing;
using Agents.Testing.Requirements;
using Agents.V1;

namespace Agents.Agent.Tests.Docker;

/// <summary>A Docker Engine that is there and does not answer, as with a disk that hangs: the real one, stopped.</summary>
[Trait("Category", "Engine")]
public sealed class HungEngineTests(NewEngine engine) : IClassFixture<NewEngine>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    [Requires(Requirement.Engine29)]
    public async Task WatchEvents_EngineStopped_SaysSoWithinFifteenSeconds_AndShowsAllAfterItsReturn()
    {
        using var directory = new TemporaryDirectory();
        await using var agent = await TestAgent.StartAsync(TestSettings.Create(directory.Path) with { DockerSocket = engine.Socket });
        using var watch = agent.Host.WatchEvents(new WatchEventsRequest(), deadline: TestAgent.Deadline);
        await UntilAsync(watch, response => response.Snapshot is { DockerReachable: true });

        await engine.SignalAsync("STOP");
        try
        {
            var since = Stopwatch.GetTimestamp();
            await UntilAsync(watch, response => response.Docker is { Reachable: false, Error.Length: > 0 });
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, s_limit);
            var facts = (await agent.Host.GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow.AddSeconds(2))).Facts.Docker;
            Assert.Equal((false, true), (facts.Reachable, facts.UnreachableSince is not null));
        }
        finally
        {
            await engine.SignalAsync("CONT");
        }

        await UntilAsync(watch, response => response.Docker is { Reachable: true });
        await UntilAsync(watch, response => response.Snapshot is { DockerReachable: true });
    }

    private static async Task UntilAsync(Grpc.Core.AsyncServerStreamingCall<WatchEventsResponse> watch, Func<WatchEventsResponse, bool> expected)
    {
        do
            Assert.True(await watch.ResponseStream.MoveNext(default));
        while (!expected(watch.ResponseStream.Current));
    }
}
