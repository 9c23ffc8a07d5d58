using Agents.Controller.Observation;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Controller.Execution;

/// <summary>Turns gRPC's statuses into the two ways in which an agent can fail.</summary>
internal static class AgentErrors
{
    /// <summary>Awaits a call and maps its error.</summary>
    public static async Task<T> MapAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (RpcException exception)
        {
            throw Map(exception);
        }
    }

    private static Exception Map(RpcException exception)
    {
        var reason = ReportBounds.CutRefusal(RpcErrors.ReasonOf(exception));
        var detail = ReportBounds.CutRefusal(exception.Status.Detail);
        var isEngine = reason is not ("" or ErrorReasons.HostDisconnected);
        return exception.StatusCode switch
        {
            // An engine that does not answer is the agent's own word: it is there, and it said no.
            StatusCode.Unavailable when isEngine => new AgentRefusedException(reason, detail, exception),
            // So is what its engine failed at: that may pass, and a step's limit ends it.
            StatusCode.Internal when isEngine && reason != ErrorReasons.Internal => new AgentRefusedException(reason, detail, exception) { IsForNow = true },
            StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown =>
                new AgentUnavailableException(detail, exception),
            StatusCode.NotFound when reason.Length == 0 => new AgentRefusedException(ErrorReasons.NotFound, detail, exception),
            _ => new AgentRefusedException(reason.Length == 0 ? exception.StatusCode.ToString() : reason, detail, exception, SqlStateOf(exception)),
        };
    }

    private static string SqlStateOf(RpcException exception) =>
        RpcErrors.InfoOf(exception) is { } info && info.Metadata.TryGetValue("sqlstate", out var sqlState) ? ReportBounds.Cut(sqlState) : "";
}
