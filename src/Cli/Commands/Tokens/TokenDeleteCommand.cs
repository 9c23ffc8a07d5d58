using System.CommandLine;
using Agents.Cli.Api;

namespace Agents.Cli.Commands.Tokens;

/// <summary><c>agentctl token delete ID</c>.</summary>
internal static class TokenDeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The token's id" };
        return runner.Bind(new Command("delete", "Make a join token worthless; hosts that have joined stay") { id }, async (session, parse, cancellationToken) =>
        {
            var value = parse.GetRequiredValue(id);
            await session.Api.ChangeAsync(HttpMethod.Delete, Paths.One(Paths.JoinTokens, value), Session.RequestIdOf(null), cancellationToken);
            session.Screen.Hint($"the token {value} is worthless now");
            return ExitCodes.Done;
        });
    }
}
