using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The commands for operations, as a user sees them.</summary>
public sealed class OperationCommandsTests : CommandTests
{
    private const string Operation = $"/api/v1/operations/{Sample.OperationId}";

    [Fact]
    public async Task List_Operations_ShowsThem()
    {
        Controller.Answer(
            "GET /api/v1/operations?page_size=50",
            $$"""{"operations":[{{Sample.Operation("running", "succeeded", "running")}},{{Sample.Operation("failed", "succeeded", "failed", kind: "postgres.cluster.delete")}}]}""");

        var result = await Terminal.RunAsync("operation list");

        Assert.Equal(
            $"""
            ID                                    KIND                     RESOURCE  STATE    STEP        AGE
            {Sample.OperationId}  postgres.cluster.create  demo      running  start etcd  10s
            {Sample.OperationId}  postgres.cluster.delete  demo      failed   -           10s

            """,
            result.Out);
    }

    [Fact]
    public async Task List_Limit_EndsThere()
    {
        Controller.Answer("GET /api/v1/operations?page_size=1", """{"operations":[{"id":"a"}],"next_page_token":"n"}""");

        var result = await Terminal.RunAsync("operation list --limit 1");

        Assert.Single(Controller.Requests);
        Assert.Contains("\na   ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_None_SaysSo()
    {
        Controller.Answer("GET /api/v1/operations", """{"operations":[]}""");

        Assert.Equal("there are no operations\n", (await Terminal.RunAsync("operation list")).Error);
    }

    [Fact]
    public async Task List_NoLimit_IsWrongUse() => Assert.Equal(2, (await Terminal.RunAsync("operation list --limit 0")).ExitCode);

    [Fact]
    public async Task Get_Operation_ShowsItsSteps()
    {
        Controller.Answer(
            $"GET {Operation}",
            Sample.Operation(
                "failed", "succeeded", "failed", ""","error":{"reason":"PORT_BLOCKED","message":"h1 cannot reach h2:20001: open it"}""")
            .Replace("\"warnings\":[]", "\"warnings\":[\"h3 is away\"]", StringComparison.Ordinal));

        var result = await Terminal.RunAsync($"operation get {Sample.OperationId}");

        Assert.Equal(
            $"""
            Operation  {Sample.OperationId}
            Kind       postgres.cluster.create
            Resource   demo
            State      failed (can be cancelled)
            Asked for  2026-11-22 05:59:50Z (10s ago)
            Ended      -
            By         admin
            Reason     -

            STEP        STATE    TIME  MESSAGE
            place       done    0.4 s  3 nodes on h1, h2, h3
            start etcd  failed  9.0 s  2 of 3 members answer
            error: h1 cannot reach h2:20001: open it [PORT_BLOCKED]
            warning: h3 is away

            """,
            result.Out);
    }

    [Fact]
    public async Task Cancel_Operation_AsksForIt()
    {
        Controller.Answer($"POST {Operation}/cancel", Sample.Operation("undoing", "undoing", "pending"));

        var result = await Terminal.RunAsync($"operation cancel {Sample.OperationId}");

        Assert.Equal((0, $"asked for: watch it being undone with \"agentctl operation watch {Sample.OperationId}\"\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Cancel_TooLate_IsRefused()
    {
        Controller.Answer($"POST {Operation}/cancel", Problem.Of("It cannot be cancelled", "NOT_CANCELLABLE", "the operation is past the point: wait for its end"), 409);

        var result = await Terminal.RunAsync($"operation cancel {Sample.OperationId}");

        Assert.Equal((3, "error: the operation is past the point: wait for its end [NOT_CANCELLABLE]\n"), (result.ExitCode, result.Error));
    }
}
