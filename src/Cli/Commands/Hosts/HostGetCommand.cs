using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Hosts;

/// <summary><c>agentctl host get NAME</c>.</summary>
internal static class HostGetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = HostArgument.Create();
        return runner.Bind(new Command("get", "Show one host") { name }, async (session, parse, cancellationToken) =>
        {
            var path = session.WithProject(Paths.One(Paths.Hosts, parse.GetRequiredValue(name)));
            var reply = await session.Api.GetAsync(path, ModelJson.Default.Host, cancellationToken);
            return session.Show(reply, host => HostView.Write(session.Screen, host, session.Now));
        });
    }
}
