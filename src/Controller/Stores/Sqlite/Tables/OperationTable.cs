using System.Text.Json;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The operations. Whether one has ended stands beside its state, so that the open ones are found at once.</summary>
internal static class OperationTable
{
    private const string Columns =
        """
        id, kind, project, resource_type, resource_id, resource_name, state, steps, arguments, error_reason, error_message, cancel_requested, warnings,
        principal, source_address, reason, request_id, created_at, updated_at, ended_at, sequence
        """;

    /// <summary>An operation by id.</summary>
    public static Operation? Find(SqliteConnection connection, OperationId id) =>
        connection.Find($"SELECT {Columns} FROM operations WHERE id = $id", Read, ("id", id.ToString()));

    /// <summary>Operations, newest first.</summary>
    public static IReadOnlyList<Operation> List(SqliteConnection connection, OperationFilter filter) =>
        connection.Query(
            $"""
            SELECT {Columns} FROM operations
            WHERE ($project IS NULL OR project = $project)
              AND ($resource_id IS NULL OR resource_id = $resource_id)
              AND ($before IS NULL OR (created_at, id) < (SELECT created_at, id FROM operations WHERE id = $before))
            ORDER BY created_at DESC, id DESC
            LIMIT $count_max
            """,
            Read,
            ("project", filter.Project),
            ("resource_id", filter.ResourceId?.ToString("D")),
            ("before", filter.Before?.ToString()),
            ("count_max", filter.CountMax));

    /// <summary>Operations that have not ended, oldest first.</summary>
    public static IReadOnlyList<Operation> ListOpen(SqliteConnection connection) =>
        connection.Query($"SELECT {Columns} FROM operations WHERE done = 0 ORDER BY created_at, id", Read);

    /// <summary>Adds an operation.</summary>
    public static void Add(SqliteConnection connection, Operation operation) =>
        connection.Execute(
            $"""
            INSERT INTO operations ({Columns}, done)
            VALUES ($id, $kind, $project, $resource_type, $resource_id, $resource_name, $state, $steps, $arguments, $error_reason, $error_message, $cancel_requested, $warnings,
                $principal, $source_address, $reason, $request_id, $created_at, $updated_at, $ended_at, $sequence, $done)
            """,
            Parameters(operation));

    /// <summary>Replaces an operation. What it does and who asked for it are fixed.</summary>
    public static void Update(SqliteConnection connection, Operation operation)
    {
        var changed = connection.Execute(
            """
            UPDATE operations
            SET state = $state, steps = $steps, arguments = $arguments, error_reason = $error_reason, error_message = $error_message,
                cancel_requested = $cancel_requested, warnings = $warnings, updated_at = $updated_at, ended_at = $ended_at, sequence = $sequence, done = $done
            WHERE id = $id
            """,
            Parameters(operation));
        if (changed != 1)
            throw new InvalidOperationException($"operation {operation.Id} is not in the store");
    }

    /// <summary>Removes the first of those that ended before, but not the last of a cluster that is known, and none that a leftover names.</summary>
    public static int RemoveBefore(SqliteConnection connection, DateTimeOffset time, int countMax) =>
        connection.Execute(
            """
            DELETE FROM operations WHERE id IN (
                SELECT id FROM operations AS aged
                WHERE done = 1 AND ended_at < $time
                  AND NOT EXISTS (SELECT 1 FROM leftovers WHERE operation_id = aged.id)
                  AND (EXISTS (SELECT 1 FROM operations AS later WHERE later.resource_id = aged.resource_id AND (later.created_at, later.id) > (aged.created_at, aged.id))
                    OR NOT EXISTS (SELECT 1 FROM clusters WHERE id = aged.resource_id))
                ORDER BY created_at, id LIMIT $count_max)
            """,
            ("time", time.ToColumn()),
            ("count_max", countMax));

    private static (string Name, object? Value)[] Parameters(Operation operation) =>
    [
        ("id", operation.Id.ToString()),
        ("kind", operation.Kind),
        ("project", operation.Project),
        ("resource_type", SqliteWords<ResourceType>.Of(operation.Resource.Type)),
        ("resource_id", operation.Resource.Id.ToString("D")),
        ("resource_name", operation.ResourceName),
        ("state", SqliteWords<OperationState>.Of(operation.State)),
        ("steps", JsonSerializer.Serialize(operation.Steps, SqliteJson.Default.ImmutableArrayOperationStep)),
        ("arguments", operation.Arguments),
        ("error_reason", operation.Error?.Reason),
        ("error_message", operation.Error?.Message),
        ("cancel_requested", operation.CancelRequested),
        ("warnings", JsonSerializer.Serialize(operation.Warnings, SqliteJson.Default.ImmutableArrayString)),
        ("principal", operation.Origin.Principal),
        ("source_address", operation.Origin.SourceAddress),
        ("reason", operation.Origin.Reason),
        ("request_id", operation.Origin.RequestId),
        ("created_at", operation.CreatedAt.ToColumn()),
        ("updated_at", operation.UpdatedAt.ToColumn()),
        ("ended_at", operation.EndedAt.ToColumn()),
        ("sequence", operation.Sequence),
        ("done", operation.IsDone),
    ];

    private static Operation Read(SqliteDataReader row) => new()
    {
        Id = OperationId.Parse(row.GetText("id")),
        Kind = row.GetText("kind"),
        Project = row.GetText("project"),
        Resource = new ResourceRef(SqliteWords<ResourceType>.Parse(row.GetText("resource_type")), Guid.ParseExact(row.GetText("resource_id"), "D")),
        ResourceName = row.GetText("resource_name"),
        State = SqliteWords<OperationState>.Parse(row.GetText("state")),
        Steps = JsonSerializer.Deserialize(row.GetText("steps"), SqliteJson.Default.ImmutableArrayOperationStep),
        Arguments = row.GetText("arguments"),
        Error = row.FindText("error_reason") is { } reason ? new OperationError(reason, row.GetText("error_message")) : null,
        CancelRequested = row.GetFlag("cancel_requested"),
        Warnings = JsonSerializer.Deserialize(row.GetText("warnings"), SqliteJson.Default.ImmutableArrayString),
        Origin = new Origin(row.GetText("principal"), row.GetText("source_address"), row.GetText("reason"), row.GetText("request_id")),
        CreatedAt = row.GetTime("created_at"),
        UpdatedAt = row.GetTime("updated_at"),
        EndedAt = row.FindTime("ended_at"),
        Sequence = row.GetLong("sequence"),
    };
}
