using System.Collections.Frozen;

namespace Agents.Cli.Connections;

/// <summary>The forms of a connection string, by name.</summary>
internal static class ConnectionFormats
{
    /// <summary>The form that is used when none is named.</summary>
    public const string Default = "uri";

    private static readonly FrozenDictionary<string, Func<ConnectionTarget, string>> _formats = new Dictionary<string, Func<ConnectionTarget, string>>
    {
        [Default] = UriFormat.Write,
        ["npgsql"] = NpgsqlFormat.Write,
        ["jdbc"] = JdbcFormat.Write,
        ["env"] = EnvironmentFormat.Write,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names.</summary>
    public static string[] Names { get; } = ["uri", "npgsql", "jdbc", "env"];

    /// <summary>Writes a connection string.</summary>
    public static string Write(string format, ConnectionTarget target) => _formats[format](target);
}
