using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host revoke NAME</c>: cuts the host off at once. What runs there goes on.</summary>
internal static class HostRevokeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = HostArgument.Create();
        return runner.Bind(new Command("revoke", "Make a host's certificate worthless and cut its connections at once") { name }, async (session, parse, cancellationToken) =>
        {
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                session.WithProject($"{Paths.One(Paths.Hosts, parse.GetRequiredValue(name))}/revoke"),
                ApiClient.BodyOf(new HostChange(), ModelJson.Default.HostChange),
                Session.RequestIdOf(null),
                ModelJson.Default.Host,
                cancellationToken);
            return session.Show(reply, host => HostTable.Write(session.Screen, [host], session.Now));
        });
    }
}
