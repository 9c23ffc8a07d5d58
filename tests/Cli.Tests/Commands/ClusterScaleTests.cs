using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>More and fewer replicas, as a user sees it.</summary>
public sealed class ClusterScaleTests : ClusterCommandTests
{
    [Theory]
    [InlineData("--add 2", """{"action":"add","node_count":2}""")]
    [InlineData("--remove 1 --reason test", """{"action":"remove","node_count":1,"reason":"test"}""")]
    [InlineData("--remove-node demo-2 --remove-node demo-3", """{"action":"remove","nodes":["demo-2","demo-3"]}""")]
    public async Task Scale_SaysSoToTheServerAndWaits(string arguments, string body)
    {
        Controller.AddOperation(Sample.OperationId).Now(Sample.Operation("succeeded", "succeeded", "succeeded", ""), isDone: true);
        Controller.Answer($"POST {Clusters}/demo/scale", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);

        var result = await Terminal.RunAsync($"postgres cluster scale demo {arguments} --request-id r1");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(new FakeRequest("POST", $"{Clusters}/demo/scale", body, "r1"), Controller.Requests.First());
        Assert.Contains("agentctl postgres cluster get demo", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--add 1 --remove 1")]
    [InlineData("--remove 1 --remove-node demo-3")]
    public async Task Scale_NotOneWay_IsRefusedBeforeTheServerIsAsked(string arguments)
    {
        var result = await Terminal.RunAsync($"postgres cluster scale demo {arguments}".TrimEnd());

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("say one of --add N, --remove N and --remove-node MEMBER", result.Error, StringComparison.Ordinal);
        Assert.Empty(Controller.Requests);
    }

    [Theory]
    [InlineData("--add 0")]
    [InlineData("--remove -1")]
    public async Task Scale_ByNone_IsRefusedBeforeTheServerIsAsked(string arguments)
    {
        var result = await Terminal.RunAsync($"postgres cluster scale demo {arguments}");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("say how many: 1 or more", result.Error, StringComparison.Ordinal);
        Assert.Empty(Controller.Requests);
    }

    [Fact]
    public async Task Scale_NodesAreNeeded_SaysWhatTheServerSays()
    {
        Controller.Answer($"POST {Clusters}/demo/scale", Problem.Of("These nodes are needed", "NODES_NEEDED", "at least 2 nodes stay"), 409);

        var result = await Terminal.RunAsync("postgres cluster scale demo --remove 2");

        Assert.Equal((3, "error: at least 2 nodes stay [NODES_NEEDED]\n"), (result.ExitCode, result.Error));
    }
}
