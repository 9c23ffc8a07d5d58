using System.CommandLine;

namespace Agents.Cli.Commands.Operations;

/// <summary><c>agentctl operation …</c>.</summary>
internal static class OperationCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(CommandRunner runner) => new("operation", "Operations: long-running requests")
    {
        OperationListCommand.Create(runner),
        OperationGetCommand.Create(runner),
        OperationWatchCommand.Create(runner),
        OperationCancelCommand.Create(runner),
    };

    /// <summary>The argument that names an operation.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The operation's id" };
}
