using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The commands for the controller itself, as a user sees them.</summary>
public sealed class ControllerCommandsTests : CommandTests
{
    [Fact]
    public async Task Get_StoreIsOlder_SaysWhatToDo()
    {
        Controller.Answer("GET /api/v1/controller", """{"store_id":"s-1","version":"0.1.0","epoch":4,"observe_only":true,"newer_instance_count":8}""");

        var result = await Terminal.RunAsync("controller get");

        Assert.Equal(
            """
            Version  0.1.0
            Store    s-1
            Epoch    4
            Mode     observe only

            warning: the store is older than the fleet: 8 instances have obeyed more than it knows of. Put the newer store in its place, or, where there is none, say so with "agentctl controller confirm-restore"

            """,
            result.Out);
    }

    [Fact]
    public async Task ConfirmRestore_Yes_SendsTheReason()
    {
        Controller.Answer("POST /api/v1/controller/confirm-restore", """{"store_id":"s-1","version":"0.1.0","epoch":4,"observe_only":false,"newer_instance_count":0}""");

        var result = await Terminal.RunAsync("controller confirm-restore --yes --reason disk-lost");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith("Mode     acts\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("""{"reason":"disk-lost"}""", Assert.Single(Controller.Requests).Body);
    }

    [Fact]
    public async Task ConfirmRestore_NobodyToAsk_SendsNothing()
    {
        var result = await Terminal.RunAsync("controller confirm-restore");

        Assert.Equal((2, "error: nobody can be asked whether the restore is meant: say --yes\n"), (result.ExitCode, result.Error));
        Assert.Empty(Controller.Requests);
    }
}
