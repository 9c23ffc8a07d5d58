using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Tokens;

/// <summary><c>agentctl token list</c>.</summary>
internal static class TokenListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner) => runner.Bind(new Command("list", "Show the join tokens, without their texts"), async (session, _, cancellationToken) =>
    {
        var reply = await session.Api.GetAsync(session.WithProject(Paths.JoinTokens), ModelJson.Default.JoinTokenList, cancellationToken);
        return session.Show(reply, list => TokenTable.Write(session.Screen, list.Tokens, session.Now));
    });
}
