using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Agent.Postgres;

/// <summary>
/// Names the types of columns as people write them. The numbers of PostgreSQL's own types never change, so their names are asked for once; those of other types are each
/// database's own and asked for every time.
/// </summary>
internal static class ColumnTypes
{
    /// <summary>Numbers from here on are given to types that are created in a database.</summary>
    private const uint FirstOfDatabase = 16384;

    private static readonly ConcurrentDictionary<uint, string> _known = new();

    /// <summary>Sets the types of the columns that were read.</summary>
    public static async Task NameAsync(NpgsqlConnection connection, RowReader rows, CancellationToken cancellationToken)
    {
        var unknown = rows.ColumnTypes.Where(type => !_known.ContainsKey(type)).Distinct().ToArray();
        var names = unknown.Length == 0 ? [] : await AskAsync(connection, unknown, cancellationToken);
        for (var column = 0; column < rows.ColumnTypes.Count; column++)
        {
            var type = rows.ColumnTypes[column];
            rows.Response.Columns[column].Type = names.TryGetValue(type, out var name) ? name : _known[type];
        }
    }

    private static async Task<Dictionary<uint, string>> AskAsync(NpgsqlConnection connection, uint[] types, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT type::oid, format_type(type::oid, NULL) FROM unnest($1::oid[]) AS type", connection);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = $"{{{string.Join(',', types)}}}" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new Dictionary<uint, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (type, name) = (reader.GetFieldValue<uint>(0), reader.GetString(1));
            names[type] = name;
            if (type < FirstOfDatabase)
                _known[type] = name;
        }
        return names;
    }
}
