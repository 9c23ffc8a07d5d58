using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Controllers;

/// <summary><c>agentctl controller get</c>.</summary>
internal static class ControllerGetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner) => runner.Bind(
        new Command("get", "Show the controller: its store, its epoch, and whether it may act"),
        async (session, _, cancellationToken) =>
        {
            var reply = await session.Api.GetAsync(Paths.Controller, ModelJson.Default.ControllerInfo, cancellationToken);
            return session.Show(reply, controller => ControllerText.Write(session.Screen, controller));
        });
}
