using Agents.Cli.Tests.Fakes;

namespace Agents.Cli.Tests.Commands;

/// <summary>The commands for join tokens, as a user sees them.</summary>
public sealed class TokenCommandsTests : CommandTests
{
    private const string Token = """{"id":"t1","project":"default","labels":{"rack":"a"},"max_uses":3,"uses":1,"expires_at":"2026-11-22T06:15:00Z","created_by":"admin"}""";

    [Fact]
    public async Task Create_Token_PrintsItsTextAlone()
    {
        Controller.Answer("POST /api/v1/join-tokens", $$"""{"token":{{Token}},"text":"agents1.secret"}""", 201);

        var result = await Terminal.RunAsync("token create --uses 3 --ttl 15m --label rack=a --label zone=1 --project shop --request-id r1");

        Assert.Equal((0, "agents1.secret\n"), (result.ExitCode, result.Out));
        Assert.Equal("good for 3 hosts until 2026-11-22 06:15:00Z; it is shown only now: give it to the agent as its join token\n", result.Error);
        Assert.Equal("""{"project":"shop","labels":{"rack":"a","zone":"1"},"max_uses":3,"ttl_seconds":900}""", Controller.LastRequest.Body);
        Assert.Equal("r1", Controller.LastRequest.RequestId);
    }

    [Fact]
    public async Task Create_NothingSaid_LeavesAllToTheServer()
    {
        Controller.Answer("POST /api/v1/join-tokens", $$"""{"token":{{Token}},"text":"agents1.secret"}""", 201);

        await Terminal.RunAsync("token create");

        Assert.Equal("{}", Controller.LastRequest.Body);
        Assert.True(Guid.TryParse(Controller.LastRequest.RequestId, out _));
    }

    [Fact]
    public async Task Create_Repeated_SaysThatTheTextIsGone()
    {
        Controller.Answer("POST /api/v1/join-tokens", $$"""{"token":{{Token}}}""", 201);

        var result = await Terminal.RunAsync("token create --request-id r1");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("its text is told only once", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Tokens_ShowsThem()
    {
        var expired = Token.Replace("06:15", "05:15", StringComparison.Ordinal).Replace("t1", "t2", StringComparison.Ordinal);
        Controller.Answer("GET /api/v1/join-tokens", $$$"""{"tokens":[{{{Token}}},{{{expired}}},{"id":"t3","project":"default","labels":{},"max_uses":1,"uses":0}]}""");

        var result = await Terminal.RunAsync("token list");

        Assert.Equal(
            """
            ID  PROJECT  USES  EXPIRES  LABELS  CREATED BY
            t1  default   1/3  in 15m   rack=a  admin
            t2  default   1/3  expired  rack=a  admin
            t3  default   0/1  -        -       -

            """,
            result.Out);
    }

    [Fact]
    public async Task List_None_SaysSo()
    {
        Controller.Answer("GET /api/v1/join-tokens", """{"tokens":[]}""");

        Assert.Equal("there are no join tokens\n", (await Terminal.RunAsync("token list")).Error);
    }

    [Fact]
    public async Task Delete_Token_AsksForIt()
    {
        Controller.Answer("DELETE /api/v1/join-tokens/t1", "", 204);

        var result = await Terminal.RunAsync("token delete t1");

        Assert.Equal((0, "the token t1 is worthless now\n"), (result.ExitCode, result.Error));
    }
}
