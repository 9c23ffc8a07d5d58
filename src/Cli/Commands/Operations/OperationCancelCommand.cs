using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;

namespace Agents.Cli.Commands.Operations;

/// <summary><c>agentctl operation cancel ID</c>: asks for its end; what it made is then undone.</summary>
internal static class OperationCancelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var id = OperationCommands.Id();
        return runner.Bind(new Command("cancel", "Ask for the end of an operation, which then undoes what it did") { id }, async (session, parse, cancellationToken) =>
        {
            var path = $"{Paths.One(Paths.Operations, parse.GetRequiredValue(id))}/cancel";
            var reply = await session.Api.ChangeAsync(HttpMethod.Post, path, body: null, Session.RequestIdOf(null), ModelJson.Default.Operation, cancellationToken);
            return session.Show(reply, operation => session.Screen.Hint($"asked for: watch it being undone with \"agentctl operation watch {operation.Id}\""));
        });
    }
}
