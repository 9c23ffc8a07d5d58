using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>Who has led a cluster, as a user sees it.</summary>
public sealed class ClusterFailoversTests : ClusterCommandTests
{
    private const string Asked = $"GET {Clusters}/demo/failover/history";

    [Fact]
    public async Task Failovers_OfAllKinds_SaysWhoDecidedAndWhy()
    {
        Controller.Answer(Asked, $$"""
            {"failovers":[
              {"at":"2026-11-26T18:00:03Z","from":"demo-2","to":"demo-1","timeline":3,"lsn":"0/6000060","evidence":""},
              {"at":"2026-11-26T18:00:02Z","from":"demo-1","to":"demo-2","timeline":2,"lsn":"0/5000060","took_seconds":0.84,"operation":{{Operation("succeeded", "demo-1 led, and its container has ended with code 137", "null")}},"evidence":"no process is left"},
              {"at":"2026-11-26T18:00:01Z","from":"demo-1","to":"","timeline":0,"lsn":"","operation":{{Operation("failed", "it ended", """{"reason":"NO_CANDIDATE","message":"nobody streams"}""")}},"evidence":""}],
             "engine_read_at":"2026-11-26T18:05:00Z"}
            """);

        Terminal.Width = 200;
        var result = await Terminal.RunAsync("postgres cluster failovers demo");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "WHEN                  WHAT      FROM    TO      TIMELINE   TOOK  BY          WHY",
                "2026-11-26 18:00:03Z  engine    demo-2  demo-1         3      -  engine      by itself, or asked directly",
                "2026-11-26 18:00:02Z  failover  demo-1  demo-2         2  0.8 s  controller  demo-1 led, and its container has ended with code 137",
                "2026-11-26 18:00:01Z  failover  demo-1  -              -      -  controller  failed: NO_CANDIDATE: nobody streams",
            ],
            result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
    }

    [Theory]
    [InlineData("""{"failovers":[]}""", "the engine's own record is not known to its end now: what only it tells is missing (who led since, timelines, and what the engine did by itself)\n")]
    [InlineData("""{"failovers":[],"engine_read_at":"2026-11-26T18:05:00Z"}""", "the first primary leads still\n")]
    public async Task Failovers_NoneIsKnown_SaysWhatThatMeans(string answer, string expected)
    {
        Controller.Answer(Asked, answer);

        var result = await Terminal.RunAsync("postgres cluster failovers demo");

        Assert.Equal((0, "", expected), (result.ExitCode, result.Out, result.Error));
    }

    private static string Operation(string state, string reason, string error) =>
        $$"""{"id":"{{Sample.OperationId}}","kind":"postgres.cluster.failover","state":"{{state}}","principal":"controller","reason":"{{reason}}","error":{{error}}}""";
}
