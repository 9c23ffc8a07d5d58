using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The lead of a cluster handed over, as a user sees it.</summary>
public sealed class ClusterSwitchoverTests : ClusterCommandTests
{
    [Fact]
    public async Task Switchover_To_SaysSoToTheServerAndWaits()
    {
        Controller.AddOperation(Sample.OperationId).Now(Sample.Operation("succeeded", "succeeded", "succeeded", ""), isDone: true);
        Controller.Answer($"POST {Clusters}/demo/switchover", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);

        var result = await Terminal.RunAsync("postgres cluster switchover demo --to demo-2 --reason test --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/switchover", """{"to":"demo-2","reason":"test"}""", "r1"), Controller.Requests.First());
        Assert.Contains("another node leads demo", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switchover_NoneCanTakeIt_SaysWhatTheServerSays()
    {
        Controller.Answer($"POST {Clusters}/demo/switchover", Problem.Of("No node can take the lead", "NO_CANDIDATE", "demo-2 does not stream"), 409);

        var result = await Terminal.RunAsync("postgres cluster switchover demo --to demo-2");

        Assert.Equal((3, "error: demo-2 does not stream [NO_CANDIDATE]\n"), (result.ExitCode, result.Error));
    }
}
