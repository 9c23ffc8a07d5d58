using System.CommandLine;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster …</c>.</summary>
internal static class PostgresCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(CommandRunner runner) => new("postgres", "PostgreSQL")
    {
        new Command("cluster", "Highly available PostgreSQL clusters")
        {
            ClusterCreateCommand.Create(runner),
            ClusterGetCommand.Create(runner),
            ClusterListCommand.Create(runner),
            ClusterUpdateCommand.Create(runner),
            ClusterDeleteCommand.Create(runner),
            ClusterUndeleteCommand.Create(runner),
            ClusterSwitchoverCommand.Create(runner),
            ClusterFailoversCommand.Create(runner),
            ClusterPowerCommand.CreateStop(runner),
            ClusterPowerCommand.CreateStart(runner),
            ClusterPowerCommand.CreateRestart(runner),
            ClusterConnectCommand.Create(runner),
            ClusterPsqlCommand.Create(runner),
        },
    };

    /// <summary>The argument that names a cluster.</summary>
    public static Argument<string> Name() => new("NAME") { Description = "The cluster's name or id" };

    /// <summary>The path of a cluster.</summary>
    public static string PathOf(string name) => Api.Paths.One(Api.Paths.Clusters, name);
}
