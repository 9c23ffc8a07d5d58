using System.CommandLine;
using Agents.Cli.Model;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host cordon NAME</c> and <c>uncordon NAME</c>. What runs on the host stays as it is.</summary>
internal static class HostCordonCommand
{
    /// <summary>Makes one of the two.</summary>
    public static Command Create(CommandRunner runner, string verb, string description, bool cordoned)
    {
        var name = HostArgument.Create();
        return runner.Bind(new Command(verb, description) { name }, (session, parse, cancellationToken) =>
            HostChanges.SendAsync(session, parse.GetRequiredValue(name), new HostChange { Cordoned = cordoned }, cancellationToken));
    }
}
