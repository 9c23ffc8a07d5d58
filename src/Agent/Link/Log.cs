using Agents.Agent.Identity;

namespace Agents.Agent.Link;

/// <summary>What the link logs: events 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Link to {Controller} is up ({ConnectionId})")]
    public static partial void LinkUp(ILogger logger, ControllerAddress controller, string connectionId);

    [LoggerMessage(1001, LogLevel.Warning, "Link to {Controller} ended after {Life}; dialling again in {Delay}")]
    public static partial void LinkEnded(ILogger logger, ControllerAddress controller, TimeSpan life, TimeSpan delay);

    [LoggerMessage(1002, LogLevel.Warning, "The controller at {Controller} refused this agent: {Reason}, {Detail}; asking again in {Delay}")]
    public static partial void LinkRefused(ILogger logger, ControllerAddress controller, string reason, string detail, TimeSpan delay);

    [LoggerMessage(1003, LogLevel.Warning, "No link to {Controller}: {Detail}; dialling again in {Delay}")]
    public static partial void DialFailed(ILogger logger, ControllerAddress controller, string detail, TimeSpan delay);

    [LoggerMessage(1005, LogLevel.Warning, "The certificate, good until {NotAfter}, could not be renewed: {Detail}; asking again in {Delay}")]
    public static partial void NotRenewed(ILogger logger, DateTime notAfter, string detail, TimeSpan delay);

    [LoggerMessage(1004, LogLevel.Error, "Dialling {Controller} broke in an unforeseen way; dialling again in {Delay}")]
    public static partial void DialBroke(ILogger logger, Exception exception, ControllerAddress controller, TimeSpan delay);
}
