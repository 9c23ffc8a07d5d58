using System.CommandLine;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster get NAME</c>.</summary>
internal static class ClusterGetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        return runner.Bind(new Command("get", "Show one cluster: nodes, roles, lag, endpoints, conditions") { name }, async (session, parse, cancellationToken) =>
        {
            var path = session.WithProject(PostgresCommands.PathOf(parse.GetRequiredValue(name)));
            var reply = await session.Api.GetAsync(path, ModelJson.Default.Cluster, cancellationToken);
            return session.Show(reply, cluster => ClusterView.Write(session.Screen, cluster, session.Now));
        });
    }
}
