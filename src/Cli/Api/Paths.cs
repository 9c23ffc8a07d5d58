namespace Agents.Cli.Api;

/// <summary>The addresses of the REST interface.</summary>
internal static class Paths
{
    /// <summary>The hosts.</summary>
    public const string Hosts = "/api/v1/hosts";

    /// <summary>The join tokens.</summary>
    public const string JoinTokens = "/api/v1/join-tokens";

    /// <summary>The PostgreSQL clusters.</summary>
    public const string Clusters = "/api/v1/postgres/clusters";

    /// <summary>The controller itself.</summary>
    public const string Controller = "/api/v1/controller";

    /// <summary>The operations.</summary>
    public const string Operations = "/api/v1/operations";

    /// <summary>One of a collection, by id or name.</summary>
    public static string One(string collection, string id) => $"{collection}/{Uri.EscapeDataString(id)}";

    /// <summary>With a query, after one that is there. What is null or empty is left out.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var parts = new List<string>();
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
        return parts.Count == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', parts)}";
    }
}
