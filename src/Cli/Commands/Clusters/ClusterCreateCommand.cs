using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster create NAME</c>: plans, or creates, waits and prints how to connect.</summary>
internal static class ClusterCreateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "The cluster's name: lower-case letters, digits and hyphens" };
        var spec = new SpecOptions();
        var wait = new WaitOptions();
        var labels = Options.Labels("A label of the cluster; may be repeated");
        var reason = Options.Reason();
        var dryRun = Options.Flag("--dry-run", "Only show what would go where, and why");
        var requestId = Options.RequestId();
        var command = new Command("create", "Create a cluster") { name, labels, reason, dryRun, requestId };
        spec.AddTo(command);
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var isDryRun = parse.GetValue(dryRun);
            var asked = new NewCluster
            {
                Project = session.Project,
                Name = parse.GetRequiredValue(name),
                Labels = LabelText.Parse(parse.GetValue(labels) ?? [], "--label"),
                Spec = spec.Read(parse),
                Reason = parse.GetValue(reason),
            };
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                Paths.With(Paths.Clusters, ("validate_only", isDryRun ? "true" : null)),
                ApiClient.BodyOf(asked, ModelJson.Default.NewCluster),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.CreatedCluster,
                cancellationToken);
            if (isDryRun || reply.Value.Operation is not { } operation)
                return session.Show(reply, created => PlanView.Write(session.Screen, created.Plan));

            PlanView.WriteWarnings(session.Screen, reply.Value.Plan);
            return await wait.FinishAsync(session, parse, reply, operation, () => ShowCreatedAsync(session, operation, cancellationToken), cancellationToken);
        });
    }

    private static async Task ShowCreatedAsync(Session session, Operation operation, CancellationToken cancellationToken)
    {
        var cluster = await session.Api.GetAsync(PostgresCommands.PathOf(operation.ResourceId), ModelJson.Default.Cluster, cancellationToken);
        session.Screen.Hint($"the cluster {operation.ResourceName} is {cluster.Value.Status.Phase}");
        session.Screen.Line(Text.Plain(cluster.Value.Status.ConnectionString));
        session.Screen.Hint($"with the password: agentctl postgres cluster connect {operation.ResourceName}");
    }
}
