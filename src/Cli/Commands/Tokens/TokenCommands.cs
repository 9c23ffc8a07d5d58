using System.CommandLine;

namespace Agents.Cli.Commands.Tokens;

/// <summary><c>agentctl token …</c>.</summary>
internal static class TokenCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(CommandRunner runner) =>
        new("token", "Tokens that let hosts join") { TokenCreateCommand.Create(runner), TokenListCommand.Create(runner), TokenDeleteCommand.Create(runner) };
}
