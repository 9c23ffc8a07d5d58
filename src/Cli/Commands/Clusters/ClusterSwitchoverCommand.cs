using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;

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
        var requestId = Options.RequestId();
        var wait = new WaitOptions();
        var command = new Command("switchover", "Hand the lead over to a replica; nothing that was acknowledged is lost, and writes wait for a few seconds") { name, to, reason, requestId };
        wait.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var cluster = parse.GetRequiredValue(name);
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                session.WithProject($"{PostgresCommands.PathOf(cluster)}/switchover"),
                ApiClient.BodyOf(new Switchover { To = parse.GetValue(to), Reason = parse.GetValue(reason) }, ModelJson.Default.Switchover),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.OperationReply,
                cancellationToken);
            return await wait.FinishAsync(session, parse, reply, reply.Value.Operation, () => ShowDone(session, reply.Value.Operation.ResourceName), cancellationToken);
        });
    }

    private static Task ShowDone(Session session, string cluster)
    {
        session.Screen.Hint($"another node leads {cluster}: agentctl postgres cluster get {cluster}");
        return Task.CompletedTask;
    }
}
