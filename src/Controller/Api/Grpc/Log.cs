namespace Agents.Controller.Api.Grpc;

/// <summary>What the gRPC facade logs: event ids 4020 to 4029.</summary>
internal static partial class Log
{
    /// <summary>A call failed in an unforeseen way.</summary>
    [LoggerMessage(4020, LogLevel.Error, "{Method} failed in an unforeseen way")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);
}
