using System.CommandLine;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host …</c>.</summary>
internal static class HostCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(CommandRunner runner) => new("host", "Hosts: machines with a Docker Engine and an agent")
    {
        HostListCommand.Create(runner),
        HostGetCommand.Create(runner),
        HostCordonCommand.Create(runner, "cordon", "Place nothing new on a host", cordoned: true),
        HostCordonCommand.Create(runner, "uncordon", "Let new instances be placed on a host again", cordoned: false),
        HostLabelCommand.Create(runner),
        HostRemoveOrphansCommand.Create(runner),
        HostRevokeCommand.Create(runner),
        HostRemoveCommand.Create(runner),
    };
}
