using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Operations;

/// <summary><c>agentctl operation list</c>.</summary>
internal static class OperationListCommand
{
    private const int DefaultLimit = 50;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var limit = Options.Number("--limit", "How many at the most (50 when not given)");
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--limit: use 1 or more");
        });
        return runner.Bind(new Command("list", "Show the operations, newest first") { limit }, async (session, parse, cancellationToken) =>
        {
            var reply = await CollectionReader.ReadAsync(
                session.Api, Paths.Operations, session.Project, "operations", ModelJson.Default.OperationList, parse.GetValue(limit) ?? DefaultLimit, cancellationToken);
            return session.Show(reply, list => OperationTable.Write(session.Screen, list.Operations, session.Now));
        });
    }
}
