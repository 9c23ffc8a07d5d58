using System.CommandLine;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster failovers NAME</c>.</summary>
internal static class ClusterFailoversCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        return runner.Bind(new Command("failovers", "Show who has led a cluster, and why another did") { name }, async (session, parse, cancellationToken) =>
        {
            var path = session.WithProject($"{PostgresCommands.PathOf(parse.GetRequiredValue(name))}/failover/history");
            var reply = await session.Api.GetAsync(path, ModelJson.Default.FailoverList, cancellationToken);
            return session.Show(reply, list => FailoverTable.Write(session.Screen, list));
        });
    }
}
