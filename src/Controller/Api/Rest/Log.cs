namespace Agents.Controller.Api.Rest;

/// <summary>What the REST facade logs: event ids 4030 to 4039.</summary>
internal static partial class Log
{
    /// <summary>A request failed in an unforeseen way.</summary>
    [LoggerMessage(4030, LogLevel.Error, "{Method} {Path} (request {RequestId}) failed in an unforeseen way")]
    public static partial void RequestFailed(ILogger logger, string method, PathString path, string requestId, Exception exception);
}
