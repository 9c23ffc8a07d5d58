using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster list</c>.</summary>
internal static class ClusterListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner) => runner.Bind(new Command("list", "Show the clusters"), async (session, _, cancellationToken) =>
    {
        var reply = await CollectionReader.ReadAsync(
            session.Api, Paths.Clusters, session.Project, "clusters", ModelJson.Default.ClusterList, int.MaxValue, cancellationToken);
        return session.Show(reply, list => ClusterTable.Write(session.Screen, list.Clusters, session.Now));
    });
}
