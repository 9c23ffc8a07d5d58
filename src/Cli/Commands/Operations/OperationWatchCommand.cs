using System.CommandLine;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Operations;

/// <summary><c>agentctl operation watch ID</c>: follows an operation to its end and ends as it ended.</summary>
internal static class OperationWatchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var id = OperationCommands.Id();
        var timeout = Options.Value<TimeSpan>("--timeout", "How long to wait at most; the operation goes on after that", "TIME", Span.TryParse, Span.Rule);
        return runner.Bind(new Command("watch", "Follow an operation to its end") { id, timeout }, async (session, parse, cancellationToken) =>
        {
            var result = await new OperationWait(session).RunAsync(parse.GetRequiredValue(id), parse.GetValue(timeout), cancellationToken);
            if (result.End is not { } end)
                return result.ExitCode;
            if (session.Format == OutputFormat.Json)
                session.Screen.Json(end.Json);
            else if (end.Value.HasSucceeded)
                session.Screen.Line(Text.Plain($"{end.Value.Kind} of {end.Value.ResourceName}: {end.Value.State}"));
            return result.ExitCode;
        });
    }
}
