using System.CommandLine;

namespace Agents.Cli.Commands.Controllers;

/// <summary><c>agentctl controller …</c>.</summary>
internal static class ControllerCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(CommandRunner runner) => new("controller", "The controller itself")
    {
        ControllerGetCommand.Create(runner),
        ControllerConfirmRestoreCommand.Create(runner),
    };
}
