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
            ClusterScaleCommand.Create(runner),
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

    /// <summary>The option with which a verb is only planned.</summary>
    public static Option<bool> DryRun() => Options.Flag("--dry-run", "Only show what would be done, by what is seen now");

    /// <summary>The path of a verb, done or only planned.</summary>
    public static string VerbOf(Session session, string cluster, string verb, bool isDryRun) => session.WithProject(Api.Paths.With($"{PathOf(cluster)}/{verb}", ("validate_only", isDryRun ? "true" : null)));

    /// <summary>The path of a cluster.</summary>
    public static string PathOf(string name) => Api.Paths.One(Api.Paths.Clusters, name);
}
