using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Waiting;

namespace Agents.Cli.Commands;

/// <summary>
/// Waits for the end of an operation with progress. Whatever ends the wait, the user, a limit or the server's absence, leaves the operation alone, and says so.
/// </summary>
internal sealed class OperationWait(Session session)
{
    /// <summary>Waits. The result has the operation as it ended, or none where the wait ended first, and the exit code.</summary>
    public async Task<WaitResult> RunAsync(string id, TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var timer = limit is { } time ? new CancellationTokenSource(time, session.Environment.TimeProvider) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var end = await WatchAsync(id, either.Token);
            return new WaitResult(end, Explain(end.Value));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            session.Screen.Error(cancellationToken.IsCancellationRequested ? "interrupted: the operation goes on" : "the time to wait is over: the operation goes on");
            Advise(id);
            return new WaitResult(null, ExitCodes.Interrupted);
        }
        catch (ApiUnreachableException exception)
        {
            session.Screen.Error($"{exception.Message}: the operation goes on when the controller is back");
            Advise(id);
            return new WaitResult(null, ExitCodes.Unreachable);
        }
    }

    private Task<ApiReply<Operation>> WatchAsync(string id, CancellationToken cancellationToken)
    {
        var environment = session.Environment;
        var watcher = new OperationWatcher(session.Api, environment.WatchLimits, environment.TimeProvider);
        if (environment.HasLiveProgress && session.Format == OutputFormat.Table)
            return new LiveProgress(session.Screen.ErrorConsole(), environment.TimeProvider).DrawAsync(view => watcher.WatchAsync(id, view, cancellationToken));
        return watcher.WatchAsync(id, new PlainProgress(environment.Error, environment.TimeProvider), cancellationToken);
    }

    private void Advise(string id)
    {
        session.Screen.Hint($"  watch it:   agentctl operation watch {id}");
        session.Screen.Hint($"  cancel it:  agentctl operation cancel {id}");
    }

    private int Explain(Operation operation)
    {
        switch (operation.State)
        {
            case OperationStates.Failed:
                session.Screen.Error($"{operation.Error?.Message ?? "the operation failed"}{(operation.Error is { Reason.Length: > 0 } error ? $" [{error.Reason}]" : "")}");
                return ExitCodes.OperationFailed;
            case OperationStates.Cancelled:
                session.Screen.Error("the operation was cancelled: what it had made is undone");
                return ExitCodes.OperationFailed;
            case OperationStates.SucceededPendingHosts:
                session.Screen.Hint("done but for what could not be removed yet, as the last step says: that is carried out in the background");
                return ExitCodes.Done;
            default:
                return ExitCodes.Done;
        }
    }
}
