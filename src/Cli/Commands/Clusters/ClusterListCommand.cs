using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster list</c>.</summary>
internal static class ClusterListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var deleted = Options.Flag("--deleted", "Show those that were deleted and can come back");
        return runner.Bind(new Command("list", "Show the clusters") { deleted }, async (session, parse, cancellationToken) =>
        {
            var isDeleted = parse.GetValue(deleted);
            var reply = await CollectionReader.ReadAsync(
                session.Api, Paths.With(Paths.Clusters, ("deleted", isDeleted ? "true" : null)), session.Project, "clusters", ModelJson.Default.ClusterList, int.MaxValue, cancellationToken);
            return session.Show(reply, list => Write(session, list.Clusters, isDeleted));
        });
    }

    private static void Write(Session session, IReadOnlyList<Cluster> clusters, bool isDeleted)
    {
        if (isDeleted)
            TrashTable.Write(session.Screen, clusters, session.Now);
        else
            ClusterTable.Write(session.Screen, clusters, session.Now);
    }
}
