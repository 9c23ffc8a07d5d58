using System.Text;
using Agents.V1;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>
/// Collects columns and rows in PostgreSQL's text form up to the limits. Values are read one after the other, so one that is larger than what may come back is never held in memory.
/// </summary>
internal sealed class RowReader(int rowsMax)
{
    /// <summary>The largest number of rows.</summary>
    public const int RowsMax = 1000;

    /// <summary>The largest number of bytes of all values.</summary>
    public const int BytesMax = 1024 * 1024;

    private const int BytesOfValue = 2; // What a value costs besides its content: an empty one is not free.
    private int _bytesLeft = BytesMax;

    /// <summary>What was read.</summary>
    public QueryResponse Response { get; } = new();

    /// <summary>The type of each column by PostgreSQL's number.</summary>
    public List<uint> ColumnTypes { get; } = [];

    /// <summary>Reads the columns.</summary>
    public void ReadColumns(NpgsqlDataReader reader)
    {
        for (var column = 0; column < reader.FieldCount; column++)
        {
            Response.Columns.Add(new SqlColumn { Name = reader.GetName(column) });
            ColumnTypes.Add(reader.GetDataTypeOID(column));
        }
    }

    /// <summary>Reads rows until the end or a limit.</summary>
    public async Task ReadRowsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Response.Rows.Count == rowsMax || await ReadRowAsync(reader, cancellationToken) is not { } row)
            {
                Response.Truncated = true;
                return;
            }
            Response.Rows.Add(row);
        }
    }

    /// <summary>The row, or null when it does not fit any more.</summary>
    private async Task<SqlRow?> ReadRowAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var row = new SqlRow();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            var value = new SqlValue();
            _bytesLeft -= BytesOfValue;
            if (!await reader.IsDBNullAsync(column, cancellationToken))
            {
                await using var content = await reader.GetStreamAsync(column, cancellationToken);
                if (content.Length > _bytesLeft)
                    return null;
                var bytes = new byte[content.Length];
                await content.ReadExactlyAsync(bytes, cancellationToken);
                _bytesLeft -= bytes.Length;
                value.Text = Encoding.UTF8.GetString(bytes);
            }
            row.Values.Add(value);
        }
        return _bytesLeft < 0 ? null : row;
    }
}
