using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>How values stand in columns: times as UTC text of fixed width, which sorts; enumerations as snake_case words, which can be read and never depend on order.</summary>
internal static class SqliteValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>A time for a column.</summary>
    public static string ToColumn(this DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time for a column that may be null.</summary>
    public static string? ToColumn(this DateTimeOffset? time) => time?.ToColumn();

    /// <summary>A time of a column.</summary>
    public static DateTimeOffset GetTime(this SqliteDataReader reader, string column) => ParseTime(reader.GetText(column));

    /// <summary>A time of a column that may be null.</summary>
    public static DateTimeOffset? FindTime(this SqliteDataReader reader, string column) => reader.FindText(column) is { } text ? ParseTime(text) : null;

    /// <summary>Text of a column.</summary>
    public static string GetText(this SqliteDataReader reader, string column) => reader.GetString(reader.GetOrdinal(column));

    /// <summary>Text of a column that may be null.</summary>
    public static string? FindText(this SqliteDataReader reader, string column) =>
        reader.GetOrdinal(column) is var ordinal && reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    /// <summary>A whole number of a column.</summary>
    public static long GetLong(this SqliteDataReader reader, string column) => reader.GetInt64(reader.GetOrdinal(column));

    /// <summary>A whole number; null where there is none.</summary>
    public static long? FindLong(this SqliteDataReader reader, string column) =>
        reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.GetLong(column);

    /// <summary>A small whole number of a column.</summary>
    public static int GetInt(this SqliteDataReader reader, string column) => reader.GetInt32(reader.GetOrdinal(column));

    /// <summary>Yes or no of a column.</summary>
    public static bool GetFlag(this SqliteDataReader reader, string column) => reader.GetInt64(reader.GetOrdinal(column)) != 0;

    /// <summary>Bytes of a column.</summary>
    public static byte[] GetBytes(this SqliteDataReader reader, string column) => reader.GetFieldValue<byte[]>(reader.GetOrdinal(column));

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
