using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster switchover NAME</c>: hands the lead over to a replica.</summary>
internal static class ClusterSwitchoverCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var to = Options.Text("--to", "The node that is to lead (default: the engine chooses)", "MEMBER");
        var reason = Options.Reason();
        var dryRun = PostgresCommands.DryRun();
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command("switchover", "Hand the lead over to a replica; nothing that was acknowledged is lost, and writes wait for a few seconds") { name, to, reason, dryRun, requestId };
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(name);
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                PostgresCommands.VerbOf(session, cluster, "switchover", parse.GetValue(dryRun)),
                ApiClient.BodyOf(new Switchover { To = parse.GetValue(to), Reason = parse.GetValue(reason) }, ModelJson.Default.Switchover),
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
        session.Screen.Hint($"another node leads {cluster}: agentctl postgres cluster get {cluster}");
        return Task.CompletedTask;
    }
}
