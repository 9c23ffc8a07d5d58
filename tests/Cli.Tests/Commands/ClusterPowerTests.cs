using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>A cluster stopped and started, as a user sees it.</summary>
public sealed class ClusterPowerTests : ClusterCommandTests
{
    [Fact]
    public async Task Stop_NameTyped_StopsAndSaysHowItIsStarted()
    {
        Begins("stop");
        Terminal.IsPerson = true;
        Terminal.Input = "demo\n";

        var result = await Terminal.RunAsync("postgres cluster stop demo --reason test --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("This stops the cluster demo: its applications have no database until it is started. Type its name to go on: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("demo is stopped: agentctl postgres cluster start demo", result.Error, StringComparison.Ordinal);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/stop", """{"reason":"test"}""", "r1"), Controller.Requests.First());
    }

    [Fact]
    public async Task Stop_NobodyToAsk_IsRefused()
    {
        var result = await Terminal.RunAsync("postgres cluster stop demo");

        Assert.Equal((2, "error: nobody can be asked whether to stop demo: say --yes\n"), (result.ExitCode, result.Error));
        Assert.Empty(Controller.Requests);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("start")]
    [InlineData("restart")]
    [InlineData("switchover")]
    public async Task Verb_DryRun_ShowsThePlanAndAsksNobody(string verb)
    {
        Controller.Answer($"POST {Clusters}/demo/{verb}", """{"plan":{"steps":["stop proxies","stop nodes"],"notes":["demo-1 is stopped last"]}}""");

        var result = await Terminal.RunAsync($"postgres cluster {verb} demo --dry-run");

        Assert.Equal((0, "demo-1 is stopped last\nsteps: stop proxies, stop nodes\n", "nothing was done: the same without --dry-run does it\n"), (result.ExitCode, result.Out, result.Error));
        Assert.EndsWith($"/{verb}?validate_only=true", Assert.Single(Controller.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AsksNobodyAndWaits()
    {
        Begins("start");

        var result = await Terminal.RunAsync("postgres cluster start demo --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("demo runs: agentctl postgres cluster get demo", result.Error, StringComparison.Ordinal);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/start", "{}", "r1"), Controller.Requests.First());
    }

    [Fact]
    public async Task Restart_AsksNobodyAndWaits()
    {
        Begins("restart");

        var result = await Terminal.RunAsync("postgres cluster restart demo --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("PostgreSQL was restarted on all nodes of demo: agentctl postgres cluster get demo", result.Error, StringComparison.Ordinal);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/restart", "{}", "r1"), Controller.Requests.First());
    }

    [Fact]
    public async Task Start_OfWhatRuns_SaysWhatTheServerSays()
    {
        Controller.Answer($"POST {Clusters}/demo/start", Problem.Of("It runs", "NOT_STOPPED", "the cluster is not stopped"), 409);

        var result = await Terminal.RunAsync("postgres cluster start demo");

        Assert.Equal((3, "error: the cluster is not stopped [NOT_STOPPED]\n"), (result.ExitCode, result.Error));
    }

    private void Begins(string verb)
    {
        Controller.AddOperation(Sample.OperationId).Now(Sample.Operation("succeeded", "succeeded", "succeeded", ""), isDone: true);
        Controller.Answer($"POST {Clusters}/demo/{verb}", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);
    }
}
