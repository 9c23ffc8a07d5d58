namespace Agents.Cli.Tests.Fakes;

/// <summary>Problem documents as the controller writes them.</summary>
internal static class Problem
{
    /// <summary>One; the violations are pairs of path and message.</summary>
    public static string Of(string title, string reason, string detail, params (string Path, string Message)[] violations)
    {
        var list = string.Join(",", violations.Select(violation => $$"""{"path":"{{violation.Path}}","message":"{{violation.Message}}"}"""));
        return $$"""{"type":"urn:agents:problem:{{reason.ToLowerInvariant()}}","title":"{{title}}","status":400,"detail":"{{detail}}","reason":"{{reason}}","violations":[{{list}}],"metadata":{},"request_id":"r"}""";
    }
}
