using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster stop NAME</c>, <c>start NAME</c> and <c>restart NAME</c>.</summary>
internal static class ClusterPowerCommand
{
    /// <summary>Makes the command that stops a cluster.</summary>
    public static Command CreateStop(CommandRunner runner) => Create(
        runner,
        "stop",
        "Stop a cluster, the primary last and cleanly; it stays stopped until it is started",
        "{0} is stopped: agentctl postgres cluster start {0}",
        "This stops the cluster {0}: its applications have no database until it is started");

    /// <summary>Makes the command that starts one that was stopped.</summary>
    public static Command CreateStart(CommandRunner runner) =>
        Create(runner, "start", "Start a cluster that was stopped, the former primary first", "{0} runs: agentctl postgres cluster get {0}", question: null);

    /// <summary>Makes the command that restarts PostgreSQL on all nodes.</summary>
    public static Command CreateRestart(CommandRunner runner) => Create(
        runner,
        "restart",
        "Restart PostgreSQL on all nodes, one at a time, the primary by handing the lead over; sessions with each end, and writes wait for about two seconds",
        "PostgreSQL was restarted on all nodes of {0}: agentctl postgres cluster get {0}",
        question: null);

    private static Command Create(CommandRunner runner, string verb, string description, string done, string? question)
    {
        var name = PostgresCommands.Name();
        var yes = Options.Flag("--yes", "Do not ask");
        var reason = Options.Reason();
        var dryRun = PostgresCommands.DryRun();
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command(verb, description) { name, reason, dryRun, requestId };
        if (question is not null)
            command.Add(yes);
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(name);
            var isDryRun = parse.GetValue(dryRun);
            if (question is not null && !isDryRun && !parse.GetValue(yes))
                await Confirmation.AskAsync(session, cluster, verb, Filled(question, cluster), cancellationToken);
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                PostgresCommands.VerbOf(session, cluster, verb, isDryRun),
                ApiClient.BodyOf(new PowerChange { Reason = parse.GetValue(reason) }, ModelJson.Default.PowerChange),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.OperationReply,
                cancellationToken);
            if (reply.Value.Plan is not null)
                return session.Show(reply, planned => VerbPlanView.Write(session.Screen, planned.Plan!));
            return await wait.FinishAsync(session, parse, reply, reply.Value.Operation, () => ShowDone(session, Filled(done, reply.Value.Operation.ResourceName)), cancellationToken);
        });
    }

    private static string Filled(string text, string cluster) => text.Replace("{0}", cluster, StringComparison.Ordinal);

    private static Task ShowDone(Session session, string text)
    {
        session.Screen.Hint(text);
        return Task.CompletedTask;
    }
}
