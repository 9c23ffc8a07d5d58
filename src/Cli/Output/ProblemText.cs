using System.Collections.Frozen;
using System.Net;
using Agents.Cli.Api;

namespace Agents.Cli.Output;

/// <summary>Says why the server refused: a sentence, and the flags that are wrong where fields can be told from flags.</summary>
internal static class ProblemText
{
    private static readonly FrozenDictionary<string, string> _flags = new Dictionary<string, string>
    {
        ["name"] = "NAME",
        ["project"] = "--project",
        ["reason"] = "--reason",
        ["request_id"] = "--request-id",
        ["labels"] = "--label",
        ["max_uses"] = "--uses",
        ["ttl"] = "--ttl",
        ["ttl_seconds"] = "--ttl",
        ["role"] = "--role",
        ["?purge"] = "--purge",
        ["?project"] = "--project",
        ["?reason"] = "--reason",
        ["?role"] = "--role",
        ["?page_size"] = "--limit",
        ["spec.engine"] = "--engine",
        ["spec.postgres_version"] = "--postgres-version",
        ["spec.node_count"] = "--nodes",
        ["spec.durability"] = "--durability",
        ["spec.bootstrap.database"] = "--database",
        ["spec.bootstrap.owner"] = "--owner",
        ["spec.proxies.count"] = "--proxies",
        ["spec.placement.strict"] = "--no-strict",
        ["spec.placement.host_labels"] = "--host-label",
        ["spec.resources.memory_bytes"] = "--memory",
        ["spec.resources.cpu_milli"] = "--cpu",
        ["spec.resources.disk_bytes"] = "--disk",
        ["spec.failover.hang_timeout"] = "--hang-timeout",
        ["spec.failover.hang_timeout_seconds"] = "--hang-timeout",
        ["spec.deletion_protection"] = "--deletion-protection",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Writes the failure and returns the exit code.</summary>
    public static int Write(Screen screen, ApiProblemException exception, string tokenSource)
    {
        var problem = exception.Problem;
        var reason = problem.Reason.Length > 0 ? $" [{problem.Reason}]" : "";
        if (problem.Violations.Count == 0)
            screen.Error(problem.Detail + reason);
        else
            screen.Error($"{problem.Title}{reason}");
        foreach (var violation in problem.Violations)
            screen.Hint($"  {FlagOf(violation.Path)}: {violation.Message}");
        if (exception.Status == HttpStatusCode.Unauthorized)
            screen.Hint($"the token came from {tokenSource}: name another with --token-file or AGENTS_TOKEN_FILE");
        return CodeOf(exception.Status);
    }

    /// <summary>The flag for a JSON path, or the path itself: "--label rack" for "$.labels.rack".</summary>
    public static string FlagOf(string path)
    {
        var field = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        if (_flags.TryGetValue(field, out var flag))
            return flag;
        foreach (var (prefix, labelFlag) in _flags)
        {
            if (prefix.EndsWith("labels", StringComparison.Ordinal) && field.StartsWith($"{prefix}.", StringComparison.Ordinal))
                return $"{labelFlag} {field[(prefix.Length + 1)..]}";
        }
        return field;
    }

    private static int CodeOf(HttpStatusCode status) => (int)status switch
    {
        404 => ExitCodes.NotFound,
        < 500 => ExitCodes.Refused,
        _ => ExitCodes.ServerFailed,
    };
}
