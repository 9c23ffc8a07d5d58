using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster delete NAME</c>: asks a person for the name once more; a program has to say <c>--yes</c>.</summary>
internal static class ClusterDeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var purge = Options.Flag("--purge", "Remove the data at once, also that of a cluster that is deleted already, named by its id; otherwise volumes are kept until their purge time");
        var yes = Options.Flag("--yes", "Do not ask");
        var reason = Options.Reason();
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command("delete", "Delete a cluster") { name, purge, yes, reason, requestId };
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(name);
            var isPurge = parse.GetValue(purge);
            if (!parse.GetValue(yes))
                await Confirmation.AskAsync(session, cluster, "delete", $"This deletes the cluster {cluster}{(isPurge ? " and its data, which cannot be had back" : "; its volumes are kept until their purge time")}", cancellationToken);
            var path = Paths.With(
                PostgresCommands.PathOf(cluster), ("project", session.Project), ("purge", isPurge ? "true" : null), ("reason", parse.GetValue(reason)));
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Delete, path, body: null, Session.RequestIdOf(parse.GetValue(requestId)), ModelJson.Default.OperationReply, cancellationToken);
            return await wait.FinishAsync(session, parse, reply, reply.Value.Operation, () => ShowDeleted(session, cluster, isPurge), cancellationToken);
        });
    }

    private static Task ShowDeleted(Session session, string cluster, bool isPurge)
    {
        session.Screen.Hint($"the cluster {cluster} is deleted{(isPurge ? ", with its data" : "; its volumes are kept until their purge time")}");
        return Task.CompletedTask;
    }
}
