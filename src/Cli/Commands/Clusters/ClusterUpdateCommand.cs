using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster update NAME</c>: labels and the protection from deletion. Neither restarts anything.</summary>
internal static class ClusterUpdateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var labels = Options.Repeated("--label", "key=value to set a label, key- to remove it; may be repeated", "LABEL");
        var protection = SpecOptions.Protection();
        var requestId = Options.RequestId();
        var command = new Command("update", "Change labels or the protection from deletion") { name, labels, protection, requestId };

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var change = new ClusterChange
            {
                Labels = LabelText.ParseChanges(parse.GetValue(labels) ?? [], "--label"),
                Spec = SpecOptions.ReadSwitch(parse.GetValue(protection)) is { } isOn ? new ClusterSpec { DeletionProtection = isOn } : null,
            };
            if (change is { Labels: null, Spec: null })
                throw new WrongUseException("nothing to change: give --label or --deletion-protection");
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
