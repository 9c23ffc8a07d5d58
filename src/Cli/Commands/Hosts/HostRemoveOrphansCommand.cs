using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host remove-orphans NAME</c>: what belongs to nothing that the controller knows. Data goes only where its volume is named.</summary>
internal static class HostRemoveOrphansCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = HostArgument.Create();
        var destroy = Options.Repeated("--destroy-data", "A volume whose data may go, and cannot be had back; may be repeated", "VOLUME");
        var reason = Options.Reason();
        var requestId = Options.RequestId();
        var command = new Command("remove-orphans", "Have removed what belongs to nothing that the controller knows (see: host get)") { name, destroy, reason, requestId };

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var removal = new OrphanRemoval { DestroyData = parse.GetValue(destroy) is { Length: > 0 } volumes ? volumes : null, Reason = parse.GetValue(reason) };
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                session.WithProject($"{Paths.One(Paths.Hosts, parse.GetRequiredValue(name))}/orphans/remove"),
                ApiClient.BodyOf(removal, ModelJson.Default.OrphanRemoval),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.Host,
                cancellationToken);
            return session.Show(reply, host => Show(session, host));
        });
    }

    private static void Show(Session session, Host host)
    {
        HostView.WriteObjects(session.Screen, host, session.Now);
        if (host.Leftovers.Count > 0)
            session.Screen.Hint($"this is done in the background: see \"agentctl host get {host.Name}\"");
        if (host.Orphans.Any(orphan => orphan.HoldsData))
            session.Screen.Hint("volumes that may hold data stay until they are named: --destroy-data VOLUME");
    }
}
