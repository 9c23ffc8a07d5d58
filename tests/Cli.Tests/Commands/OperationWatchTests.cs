using System.Text.Json;
using Agents.Cli.Tests.Fakes;
using Agents.Cli.Waiting;
using Microsoft.AspNetCore.Http;

namespace Agents.Cli.Tests.Commands;

/// <summary>Watching an operation over a real connection that breaks, falls silent, and comes back.</summary>
public sealed class OperationWatchTests : CommandTests
{
    private const string Watch = $"operation watch {Sample.OperationId}";
    private FakeOperation _operation = null!;

    private static string Running => Sample.Operation("running", "succeeded", "running");

    private static string Done => Sample.Operation("succeeded", "succeeded", "succeeded");

    private protected override void Prepare() => _operation = Controller.AddOperation(Sample.OperationId).Now(Running);

    [Fact]
    public async Task Watch_ControllerRestartedInBetween_GoesOnFromTheLastEvent()
    {
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("running    start etcd");
        await Controller.StopAsync();
        await Terminal.SaidAsync("trying again for up to a minute");
        _operation.Now(Done, isDone: true);
        await Controller.StartAgainAsync();

        var result = await watching;

        Assert.Equal((0, "postgres.cluster.create of demo: succeeded\n"), (result.ExitCode, result.Out));
        Assert.Equal(["", "1"], Controller.LastEventIds);
        Assert.EndsWith(
            """
               9.0 s  running    start etcd  2 of 3 members answer
            the server cannot be reached: trying again for up to a minute; the operation goes on meanwhile
            the server is back
               9.0 s  done       start etcd  2 of 3 members answer

            """,
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ControllerRestartedOnATerminal_DrawsThatItIsAway()
    {
        Terminal.IsPerson = true;
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("start etcd");
        await Controller.StopAsync();
        await Terminal.SaidAsync("trying again");
        _operation.Now(Done, isDone: true);
        await Controller.StartAgainAsync();

        var result = await watching;

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("✓", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_SilentStream_IsOpenedAgain()
    {
        Terminal.Limits = new WatchLimits { Silence = TimeSpan.FromMilliseconds(100), Retry = TimeSpan.FromMilliseconds(5) };
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("the server is back");
        _operation.Now(Done, isDone: true);

        Assert.Equal(0, (await watching).ExitCode);
        Assert.True(Controller.LastEventIds.Count > 1);
    }

    [Fact]
    public async Task Watch_PingsAndWhatIsNotKnown_AreNoChanges()
    {
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("start etcd");
        _operation.Now(""); // A ping.
        _operation.Now(Done, isDone: true);

        Assert.Equal(0, (await watching).ExitCode);
    }

    [Fact]
    public async Task Watch_ServerFailingForAWhile_IsTriedAgain()
    {
        var failures = 3;
        Controller.Disturb = async context =>
        {
            if (failures-- > 0)
                await Results.StatusCode(503).ExecuteAsync(context).ContinueWith(_ => context.Response.CompleteAsync(), TaskScheduler.Default).Unwrap();
        };
        _operation.Now(Done, isDone: true);

        Assert.Equal(0, (await Terminal.RunAsync(Watch)).ExitCode);
    }

    [Fact]
    public async Task Watch_ControllerStaysAway_SaysThatTheOperationGoesOn()
    {
        Terminal.Limits = new WatchLimits { Away = TimeSpan.FromMilliseconds(100), Retry = TimeSpan.FromMilliseconds(5) };
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("start etcd");
        await Controller.StopAsync();

        var result = await watching;

        Assert.Equal((5, ""), (result.ExitCode, result.Out));
        Assert.EndsWith(
            $"""
            : the operation goes on when the controller is back
              watch it:   agentctl operation watch {Sample.OperationId}
              cancel it:  agentctl operation cancel {Sample.OperationId}

            """,
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Interrupted_SaysThatTheOperationGoesOn()
    {
        using var interrupt = new CancellationTokenSource();
        var watching = Terminal.RunAsync(Watch, interrupt.Token);
        await Terminal.SaidAsync("start etcd");
        await interrupt.CancelAsync();

        var result = await watching;

        Assert.Equal(6, result.ExitCode);
        Assert.Contains($"error: interrupted: the operation goes on\n  watch it:   agentctl operation watch {Sample.OperationId}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_TimeOver_SaysThatTheOperationGoesOn()
    {
        var result = await Terminal.RunAsync($"{Watch} --timeout 1s");

        Assert.Equal(6, result.ExitCode);
        Assert.Contains("error: the time to wait is over: the operation goes on\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Cancelled_IsAFailure()
    {
        _operation.Now(Sample.Operation("cancelled", "cancelled", "pending"), isDone: true);

        var result = await Terminal.RunAsync(Watch);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("error: the operation was cancelled: what it had made is undone\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_FailedForJson_PrintsTheOperation()
    {
        _operation.Now(Sample.Operation("failed", "succeeded", "failed"), isDone: true);

        var result = await Terminal.RunAsync($"{Watch} --output json");

        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal((1, "failed"), (result.ExitCode, document.RootElement.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Watch_Warnings_AreSaidOnce()
    {
        var warned = Running.Replace("\"warnings\":[]", "\"warnings\":[\"h3 is slow\"]", StringComparison.Ordinal);
        _operation.Now(warned);
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("h3 is slow");
        _operation.Now(Done.Replace("\"warnings\":[]", "\"warnings\":[\"h3 is slow\"]", StringComparison.Ordinal), isDone: true);

        Assert.Single((await watching).Error.Split('\n'), line => line == "warning: h3 is slow");
    }

    [Fact]
    public async Task Watch_EveryState_IsDrawn()
    {
        Terminal.IsPerson = true;
        _operation.Now(Sample.Operation("undoing", "undoing", "cancelled").Replace("\"warnings\":[]", "\"warnings\":[\"h3 is slow\"]", StringComparison.Ordinal));
        var watching = Terminal.RunAsync(Watch);
        await Terminal.SaidAsync("↩");
        await Terminal.SaidAsync("h3 is slow");
        _operation.Now(Sample.Operation("failed", "failed", "pending"), isDone: true);

        Assert.Contains("✗", (await watching).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Unknown_IsNotFound() => Assert.Equal(4, (await Terminal.RunAsync("operation watch nothing")).ExitCode);
}
