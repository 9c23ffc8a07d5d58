using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests;

/// <summary>What all commands have in common: exit codes, errors, the server and the token.</summary>
public sealed class CommandLineTests : CommandTests
{
    private protected override void Prepare() => Controller.Answer("GET /api/v1/hosts", """{"hosts":[]}""");

    [Fact]
    public async Task Help_Root_HasTheExitCodes()
    {
        var result = await Terminal.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("  5  the server cannot be reached\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "agentctl 0.1.0\n")]
    [InlineData("version -o json", "{ \"version\": \"0.1.0\" }\n")]
    public async Task Version_NoServer_IsPrinted(string line, string text)
    {
        using var terminal = new Terminal();

        Assert.Equal(new CliResult(0, text, ""), await terminal.RunAsync(line));
    }

    [Theory]
    [InlineData("bogus", "error: \"bogus\" is nothing that is known here\nsee: agentctl --help\n")]
    [InlineData("host", "error: Required command was not provided\nsee: agentctl host --help\n")]
    [InlineData("host get", "error: Required argument 'NAME' missing for command: 'get'\nsee: agentctl host get --help\n")]
    [InlineData("token create --ttl 5x", "error: --ttl: \"5x\" cannot be read: write a time as 90s, 15m, 2h, 1d or 1h30m\nsee: agentctl token create --help\n")]
    [InlineData("postgres cluster create d --wait --no-wait", "error: --wait and --no-wait exclude each other: give one\nsee: agentctl postgres cluster create --help\n")]
    public async Task Run_WrongUse_SaysWhatIsWrong(string line, string error) => Assert.Equal(new CliResult(2, "", error), await Terminal.RunAsync(line));

    [Theory]
    [InlineData("nonsense", "error: \"nonsense\" is no address of a server: write it as http://127.0.0.1:8080 or https://controller.example\n")]
    [InlineData("http://h:8080/api/v1", "error: the address of the server has a scheme, a name and a port only: write it as http://h:8080\n")]
    public async Task Run_BadServer_IsWrongUse(string server, string error) => Assert.Equal(new CliResult(2, "", error), await Terminal.RunAsync($"host list --server {server}"));

    [Fact]
    public async Task Run_NoTokenFile_SaysHowToNameOne()
    {
        Terminal.Variables.Remove("AGENTS_TOKEN");
        Terminal.Variables["AGENTS_TOKEN_FILE"] = "/nonexistent/token";

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: the token cannot be read from /nonexistent/token (no such file): name its file with --token-file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TokenFileIsAFolder_IsWrongUse() => Assert.Contains("(no permission)", (await Terminal.RunAsync("host list --token-file /tmp")).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Run_TokenFile_ComesBeforeTheVariables()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"{FakeController.Token}\n");
            Terminal.Variables["AGENTS_TOKEN"] = "wrong";

            Assert.Equal(0, (await Terminal.RunAsync($"host list --token-file {file}")).ExitCode);

            await File.WriteAllTextAsync(file, "");
            Assert.Contains("is no token", (await Terminal.RunAsync($"host list --token-file {file}")).Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Run_WrongToken_SaysWhereItCameFrom()
    {
        Terminal.Variables["AGENTS_TOKEN"] = "wrong";

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(
            "error: the token is not known: use another [UNAUTHENTICATED]\nthe token came from the variable AGENTS_TOKEN: name another with --token-file or AGENTS_TOKEN_FILE\n",
            result.Error);
    }

    [Fact]
    public async Task Run_NothingThere_IsNotFound()
    {
        var result = await Terminal.RunAsync("host get h7");

        Assert.Equal((4, "error: there is nothing at /api/v1/hosts/h7 [NOT_FOUND]\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Run_NoServer_IsUnreachable()
    {
        await Controller.StopAsync();

        var result = await Terminal.RunAsync("host cordon h1");

        var server = Controller.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(5, result.ExitCode);
        Assert.Equal($"error: the server {server} cannot be reached (Connection refused): see that the controller runs there, or name another with --server\n", result.Error);
    }

    [Fact]
    public async Task Run_ConnectionLostAfterAChange_SaysHowToRepeatIt()
    {
        Controller.Disturb = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var result = await Terminal.RunAsync("postgres cluster create demo --request-id r1");

        Assert.Equal(5, result.ExitCode);
        Assert.EndsWith("the change may have been made: repeat the command with --request-id r1, and it is made once\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoAnswer_IsUnreachable()
    {
        Terminal.AnswerTime = TimeSpan.FromMilliseconds(50);
        Controller.Disturb = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("did not answer within 0 s: look at the controller's log", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_SaysSo()
    {
        using var interrupt = new CancellationTokenSource();
        Controller.Disturb = async context =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var result = await Terminal.RunAsync("host list", interrupt.Token);

        Assert.Equal((6, "error: interrupted\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("<html>", 502)]
    [InlineData("{}", 500)]
    public async Task Run_FailureThatIsNoProblem_IsTheServersFailure(string body, int status)
    {
        Controller.Answer("GET /api/v1/hosts", body, status);

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(7, result.ExitCode);
        Assert.StartsWith($"error: the server answered {status} (", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("""{"next_page_token":7}""")]
    public async Task Run_AnswerThatIsNotOurs_IsSaidToBe(string body)
    {
        Controller.Answer("GET /api/v1/hosts", body);

        var result = await Terminal.RunAsync("host list");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("is no controller, or one of another version: check --server", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ClearTextToAnotherMachine_IsWarnedOf()
    {
        Terminal.Variables["AGENTS_SERVER"] = "http://controller.invalid:8080";
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        var result = await Terminal.RunAsync("host list", interrupt.Token);

        Assert.StartsWith("warning: the token travels to controller.invalid in clear text: use https\n", result.Error, StringComparison.Ordinal);
    }
}
