using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster scale NAME</c>: adds replicas, or takes some out.</summary>
internal static class ClusterScaleCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var add = Options.Number("--add", "How many replicas are added, each on a host of its own");
        var remove = Options.Number("--remove", "How many replicas are taken out; the controller chooses those that are worth least");
        var nodes = Options.Repeated("--remove-node", "A replica that is taken out, by its name; may be given several times", "MEMBER");
        var reason = Options.Reason();
        var dryRun = PostgresCommands.DryRun();
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command("scale", "Add replicas, or take some out, never the primary; one of --add, --remove and --remove-node") { name, add, remove, nodes, reason, dryRun, requestId };
        wait.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(add) is not null, result.GetValue(remove) is not null, result.GetValue(nodes) is { Length: > 0 } }.Count(given => given) != 1)
                result.AddError("say one of --add N, --remove N and --remove-node MEMBER");
            else if (result.GetValue(add) < 1 || result.GetValue(remove) < 1)
                result.AddError("say how many: 1 or more");
        });

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(name);
            var scale = new Scale
            {
                Action = parse.GetValue(add) is null ? "remove" : "add",
                NodeCount = parse.GetValue(add) ?? parse.GetValue(remove),
                Nodes = parse.GetValue(nodes) is { Length: > 0 } named ? named : null,
                Reason = parse.GetValue(reason),
            };
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                PostgresCommands.VerbOf(session, cluster, "scale", parse.GetValue(dryRun)),
                ApiClient.BodyOf(scale, ModelJson.Default.Scale),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.OperationReply,
                cancellationToken);
            if (reply.Value.Plan is not null)
                return session.Show(reply, planned => VerbPlanView.Write(session.Screen, planned.Plan!));
            return await wait.FinishAsync(session, parse, reply, reply.Value.Operation, () => ShowDone(session, reply.Value.Operation.ResourceName), cancellationToken);
        });
    }

    private static Task ShowDone(Session session, string cluster)
    {
        session.Screen.Hint($"the nodes of {cluster}: agentctl postgres cluster get {cluster}");
        return Task.CompletedTask;
    }
}
