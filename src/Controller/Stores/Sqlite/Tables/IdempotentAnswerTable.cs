using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The first answers to request ids.</summary>
internal static class IdempotentAnswerTable
{
    private const string Columns = "principal, request_id, request_hash, resource_id, operation_id, created_at, placement";

    /// <summary>The first answer to a request id of a principal.</summary>
    public static IdempotentAnswer? Find(SqliteConnection connection, string principal, string requestId) =>
        connection.Find(
            $"SELECT {Columns} FROM idempotent_answers WHERE principal = $principal AND request_id = $request_id",
            row => new IdempotentAnswer(
                row.GetText("principal"),
                row.GetText("request_id"),
                row.GetText("request_hash"),
                row.GetText("resource_id"),
                row.GetText("operation_id"),
                row.GetTime("created_at"))
            {
                Placement = row.FindText("placement") is { } placement ? JsonSerializer.Deserialize(placement, SqliteJson.Default.Placement) : null,
            },
            ("principal", principal),
            ("request_id", requestId));

    /// <summary>Keeps the first answer to a request id.</summary>
    public static void Add(SqliteConnection connection, IdempotentAnswer answer) =>
        connection.Execute(
            $"INSERT INTO idempotent_answers ({Columns}) VALUES ($principal, $request_id, $request_hash, $resource_id, $operation_id, $created_at, $placement)",
            ("principal", answer.Principal),
            ("request_id", answer.RequestId),
            ("request_hash", answer.RequestHash),
            ("resource_id", answer.ResourceId),
            ("operation_id", answer.OperationId),
            ("created_at", answer.CreatedAt.ToColumn()),
            ("placement", answer.Placement is { } placement ? JsonSerializer.Serialize(placement, SqliteJson.Default.Placement) : null));

    /// <summary>Removes some of those that are older.</summary>
    public static int RemoveBefore(SqliteConnection connection, DateTimeOffset time, int countMax) =>
        connection.Execute(
            "DELETE FROM idempotent_answers WHERE (principal, request_id) IN (SELECT principal, request_id FROM idempotent_answers WHERE created_at < $time LIMIT $count_max)",
            ("time", time.ToColumn()),
            ("count_max", countMax));
}
