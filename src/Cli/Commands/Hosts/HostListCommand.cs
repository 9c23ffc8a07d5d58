using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host list</c>.</summary>
internal static class HostListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner) => runner.Bind(new Command("list", "Show the hosts and what deserves a look"), async (session, _, cancellationToken) =>
    {
        var reply = await CollectionReader.ReadAsync(
            session.Api, Paths.Hosts, session.Project, "hosts", ModelJson.Default.HostList, int.MaxValue, cancellationToken);
        return session.Show(reply, list => HostTable.Write(session.Screen, list.Hosts, session.Now));
    });
}
