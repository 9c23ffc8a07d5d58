using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Operations;

/// <summary><c>agentctl operation get ID</c>.</summary>
internal static class OperationGetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var id = OperationCommands.Id();
        return runner.Bind(new Command("get", "Show one operation and its steps") { id }, async (session, parse, cancellationToken) =>
        {
            var reply = await session.Api.GetAsync(Paths.One(Paths.Operations, parse.GetRequiredValue(id)), ModelJson.Default.Operation, cancellationToken);
            return session.Show(reply, operation => OperationView.Write(session.Screen, operation, session.Now));
        });
    }
}
