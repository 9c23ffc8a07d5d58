using System.Net.Sockets;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>Tells a server that does not answer from a statement that it refuses.</summary>
internal static class PostgresFailures
{
    /// <summary>Npgsql itself refuses what it cannot read as rows: COPY.</summary>
    private const string FeatureNotSupported = "0A000";

    /// <summary>Whether the exception is one that <see cref="Translate"/> knows. Bugs and cancellation are not.</summary>
    public static bool IsKnown(Exception exception) => exception is NpgsqlException or SocketException or TimeoutException or IOException or NotSupportedException;

    /// <summary>The same failure in the words of this folder; a refusal in PostgreSQL's own, or in <paramref name="wordsOfRefusal"/> where those must not be repeated.</summary>
    public static Exception Translate(Exception exception, string? wordsOfRefusal = null) => exception switch
    {
        PostgresException refused when !IsAboutServer(refused.SqlState) => new SqlFailedException(refused.SqlState, wordsOfRefusal ?? refused.MessageText),
        PostgresException away => new PostgresUnreachableException($"PostgreSQL takes no connections now (SQLSTATE {away.SqlState})"),
        NotSupportedException => new SqlFailedException(FeatureNotSupported, wordsOfRefusal ?? "COPY cannot be used here"),
        TimeoutException or { InnerException: TimeoutException } => new PostgresUnreachableException("PostgreSQL does not answer in time", exception),
        _ => new PostgresUnreachableException("PostgreSQL does not answer on its socket", exception),
    };

    /// <summary>Connection exceptions (08), wrong authentication (28), too many connections (53300), shutdown, crash and start-up (57P01 to 57P03).</summary>
    private static bool IsAboutServer(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("28", StringComparison.Ordinal) || sqlState is "53300" or "57P01" or "57P02" or "57P03";
}
