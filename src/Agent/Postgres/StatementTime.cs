using System.Globalization;

namespace Agents.Agent.Postgres;

/// <summary>The time limit of a statement: kept by the server, and a little later by the agent, for a server that is stopped in mid-statement.</summary>
internal static class StatementTime
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    /// <summary>The limit where the caller names none.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest limit.</summary>
    public static TimeSpan Max { get; } = TimeSpan.FromHours(1);

    /// <summary>The statement that sets the limit for the rest of the transaction.</summary>
    public static string SetLocal(TimeSpan timeout) => string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout = {Milliseconds(timeout)}");

    /// <summary>The statement that sets the limit for the session.</summary>
    public static string Set(TimeSpan timeout) => string.Create(CultureInfo.InvariantCulture, $"SET statement_timeout = {Milliseconds(timeout)}");

    /// <summary>When the agent itself gives up.</summary>
    public static int ClientSeconds(TimeSpan timeout) => (int)Math.Ceiling((timeout + _grace).TotalSeconds);

    // 0 would mean no limit at all.
    private static long Milliseconds(TimeSpan timeout) => Math.Max(1, (long)timeout.TotalMilliseconds);
}
