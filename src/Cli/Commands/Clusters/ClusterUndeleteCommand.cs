using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster undelete NAME</c>: brings a deleted cluster back from the trash.</summary>
internal static class ClusterUndeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var deleted = new Argument<string>("NAME") { Description = "The deleted cluster's id, or its name where only one had it (see \"list --deleted\")" };
        var name = Options.Text("--name", "Come back under another name", "NAME");
        var primary = Options.Text("--primary", "The node that was the primary, where nobody else knows, or whose data takes the place of one that is lost", "MEMBER");
        var reason = Options.Reason();
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command("undelete", "Bring a deleted cluster back, with its data and its credentials") { deleted, name, primary, reason, requestId };
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(deleted);
            var body = new Undeletion { Name = parse.GetValue(name), Primary = parse.GetValue(primary), Reason = parse.GetValue(reason) };
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                session.WithProject($"{PostgresCommands.PathOf(cluster)}/undelete"),
                ApiClient.BodyOf(body, ModelJson.Default.Undeletion),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.OperationReply,
                cancellationToken);
            return await wait.FinishAsync(session, parse, reply, reply.Value.Operation, () => ShowUndeleted(session, reply.Value.Operation.ResourceName), cancellationToken);
        });
    }

    private static Task ShowUndeleted(Session session, string cluster)
    {
        session.Screen.Hint($"the cluster {cluster} is back: agentctl postgres cluster get {cluster}");
        return Task.CompletedTask;
    }
}
