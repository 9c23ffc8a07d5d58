namespace Agents.Controller.Api.Auth;

/// <summary>What authentication logs: event ids 4000 to 4019. Never a token.</summary>
internal static partial class Log
{
    /// <summary>A token was made or taken over.</summary>
    [LoggerMessage(4000, LogLevel.Information, "The administrator's token is in {Path}")]
    public static partial void AdminTokenMade(ILogger logger, string path);

    /// <summary>A call was refused.</summary>
    [LoggerMessage(4001, LogLevel.Warning, "Refused {Method} from {Source}: {Reason}")]
    public static partial void Refused(ILogger logger, string method, string source, string reason);
}
