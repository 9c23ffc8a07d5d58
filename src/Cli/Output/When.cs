using System.Globalization;
using Agents.Cli.Values;

namespace Agents.Cli.Output;

/// <summary>Points in time for people.</summary>
internal static class When
{
    /// <summary>As "2026-11-22 06:00:00Z"; empty where it is not known.</summary>
    public static string At(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : "";

    /// <summary>As "2026-11-22 06:00:00Z (5m ago)"; empty where it is not known.</summary>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? $"{At(known)} ({Span.ShowAge(now - known)} ago)" : "";

    /// <summary>As "5m"; empty where it is not known.</summary>
    public static string Age(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? Span.ShowAge(now - known) : "";
}
