using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands;

/// <summary>The options of the commands that begin an operation: whether to wait for its end, and for how long.</summary>
internal sealed class WaitOptions
{
    private readonly Option<bool> _wait = Options.Flag("--wait", "Wait for the end and show progress (the default)");
    private readonly Option<bool> _noWait = Options.Flag("--no-wait", "Do not wait: print the operation's id");

    /// <summary>The limit of the wait.</summary>
    public Option<TimeSpan?> Timeout { get; } = Options.Value<TimeSpan>("--timeout", "How long to wait at most; the operation goes on after that", "TIME", Span.TryParse, Span.Rule);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_wait);
        command.Add(_noWait);
        command.Add(Timeout);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_wait) && result.GetValue(_noWait))
                result.AddError("--wait and --no-wait exclude each other: give one");
        });
    }

    /// <summary>Waits for the end of the operation that an answer has begun, or says how to watch it. What is shown on success is the caller's.</summary>
    public async Task<int> FinishAsync<T>(
        Session session, ParseResult parse, ApiReply<T> reply, Operation operation, Func<Task> showSuccess, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_noWait))
            return session.Show(reply, _ => ShowBegun(session, operation));

        var result = await new OperationWait(session).RunAsync(operation.Id, parse.GetValue(Timeout), cancellationToken);
        if (session.Format == OutputFormat.Json && result.End is { } end)
            session.Screen.Json(end.Json);
        else if (result.End is not null && result.ExitCode == ExitCodes.Done)
            await showSuccess();
        return result.ExitCode;
    }

    private static void ShowBegun(Session session, Operation operation)
    {
        session.Screen.Line(operation.Id);
        session.Screen.Hint($"the operation goes on: watch it with \"agentctl operation watch {operation.Id}\"");
    }
}
