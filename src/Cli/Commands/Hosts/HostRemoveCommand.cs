using System.CommandLine;
using Agents.Cli.Api;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host remove NAME [--force NAME]</c>: for a host that is gone for good.</summary>
internal static class HostRemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = HostArgument.Create();
        var force = Options.Text("--force", "The host's name once more: it goes with the instances, and the data of deleted clusters, that it carries", "NAME");
        return runner.Bind(new Command("remove", "Remove a host that is gone for good; its name is free again") { name, force }, async (session, parse, cancellationToken) =>
        {
            var value = parse.GetRequiredValue(name);
            await session.Api.ChangeAsync(
                HttpMethod.Delete, Paths.With(Paths.One(Paths.Hosts, value), ("project", session.Project), ("force", parse.GetValue(force))), Session.RequestIdOf(null), cancellationToken);
            session.Screen.Hint($"the host {value} is removed: its certificate never links again");
            return ExitCodes.Done;
        });
    }
}
