using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster update NAME</c>: labels, the protection from deletion, and how long a primary may give no answer. None restarts anything.</summary>
internal static class ClusterUpdateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var labels = Options.Repeated("--label", "key=value to set a label, key- to remove it; may be repeated", "LABEL");
        var protection = SpecOptions.Protection();
        var hangTimeout = SpecOptions.HangTimeout();
        var requestId = Options.RequestId();
        var command = new Command("update", "Change labels, the protection from deletion, or how long a primary may give no answer") { name, labels, protection, hangTimeout, requestId };

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var spec = new ClusterSpec { DeletionProtection = SpecOptions.ReadSwitch(parse.GetValue(protection)), Failover = SpecOptions.FailoverOf(parse.GetValue(hangTimeout)) };
            var change = new ClusterChange { Labels = LabelText.ParseChanges(parse.GetValue(labels) ?? [], "--label"), Spec = spec == new ClusterSpec() ? null : spec };
            if (change is { Labels: null, Spec: null })
                throw new WrongUseException("nothing to change: give --label, --deletion-protection or --hang-timeout");
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Patch,
                session.WithProject(PostgresCommands.PathOf(parse.GetRequiredValue(name))),
                ApiClient.BodyOf(change, ModelJson.Default.ClusterChange),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.Cluster,
                cancellationToken);
            return session.Show(reply, cluster => ClusterTable.Write(session.Screen, [cluster], session.Now));
        });
    }
}
