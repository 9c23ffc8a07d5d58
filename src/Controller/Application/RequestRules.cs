using Agents.Domain.Model;

namespace Agents.Controller.Application;

/// <summary>The rules for what every request may carry.</summary>
internal static class RequestRules
{
    private const int RequestIdLengthMax = 128;
    private const int ReasonLengthMax = 1000;

    /// <summary>What is wrong with a request id.</summary>
    public static IEnumerable<Violation> CheckRequestId(string requestId)
    {
        if (requestId.Length > RequestIdLengthMax || !requestId.All(IsPlain))
            yield return new Violation("request_id", $"use at most {RequestIdLengthMax} letters, digits, '-', '_', '.' and ':'");
    }

    /// <summary>What is wrong with a reason.</summary>
    public static IEnumerable<Violation> CheckReason(string reason)
    {
        if (reason.Length > ReasonLengthMax || reason.Any(char.IsControl))
            yield return new Violation("reason", $"use at most {ReasonLengthMax} characters and no control characters");
    }

    /// <summary>What is wrong with a project's name.</summary>
    public static IEnumerable<Violation> CheckProject(string project)
    {
        if (project.Length > 0 && !ResourceName.IsValid(project))
            yield return new Violation("project", ResourceName.Rule);
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':';
}
