using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>Deleting clusters, as a user sees it.</summary>
public sealed class ClusterDeleteTests : ClusterCommandTests
{
    private void Ends(string state, string more = "") =>
        Controller.AddOperation(Sample.OperationId).Now(Sample.Operation(state, "succeeded", state == "succeeded" ? "succeeded" : "failed", more), isDone: true);

    [Fact]
    public async Task Delete_NobodyToAsk_IsRefused()
    {
        var result = await Terminal.RunAsync("postgres cluster delete demo");

        Assert.Equal((2, "error: nobody can be asked whether to delete demo: say --yes\n"), (result.ExitCode, result.Error));
        Assert.Empty(Controller.Requests);
    }

    [Fact]
    public async Task Delete_WrongNameTyped_DeletesNothing()
    {
        Terminal.IsPerson = true;
        Terminal.Input = "dem\n";

        var result = await Terminal.RunAsync("postgres cluster delete demo --purge");

        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("This deletes the cluster demo and its data, which cannot be had back. Type its name to go on: error: that is not \"demo\": nothing was done\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Controller.Requests);
    }

    [Fact]
    public async Task Delete_NameTyped_DeletesAndDrawsTheSteps()
    {
        Ends("succeeded");
        Terminal.IsPerson = true;
        Terminal.Input = "demo\n";

        var result = await Terminal.RunAsync("postgres cluster delete demo");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("its volumes are kept until their purge time", result.Error, StringComparison.Ordinal);
        Assert.Contains("✓", result.Error, StringComparison.Ordinal);
        Assert.Equal("DELETE", Controller.Requests.First().Method);
    }

    [Fact]
    public async Task Delete_Purge_SaysSoToTheServer()
    {
        Ends("succeeded");

        var result = await Terminal.RunAsync("postgres cluster delete demo --purge --yes --reason test --request-id r9");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(new FakeRequest("DELETE", $"{Clusters}/demo?purge=true&reason=test", "", "r9"), Controller.Requests.First());
        Assert.EndsWith("the cluster demo is deleted, with its data\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_HostsAway_SaysThatTheRestFollows()
    {
        Ends("succeeded_pending_hosts", ""","warnings":["h3 is away"]""".Replace(",\"warnings", ",\"more", StringComparison.Ordinal));

        var result = await Terminal.RunAsync("postgres cluster delete demo --yes");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("done but for what could not be removed yet, as the last step says: that is carried out in the background", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Protected_SaysWhatToDo()
    {
        Controller.Answer($"DELETE {Clusters}/demo", Problem.Of("Protected from deletion", "DELETION_PROTECTED", "the cluster is protected: set it off first"), 409);

        var result = await Terminal.RunAsync("postgres cluster delete demo --yes");

        Assert.Equal((3, "error: the cluster is protected: set it off first [DELETION_PROTECTED]\n"), (result.ExitCode, result.Error));
    }
}
