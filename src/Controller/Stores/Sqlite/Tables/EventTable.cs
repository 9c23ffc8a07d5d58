using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The outbox: events in the order of their commits.</summary>
internal static class EventTable
{
    private const string Columns = "kind, project, resource_id, principal, source_address, reason, request_id, payload, time";

    /// <summary>Events after a sequence, oldest first.</summary>
    public static IReadOnlyList<StoredEvent> List(SqliteConnection connection, long afterSequence, int countMax) =>
        connection.Query(
            $"SELECT sequence, {Columns} FROM events WHERE sequence > $after ORDER BY sequence LIMIT $count_max",
            Read,
            ("after", afterSequence),
            ("count_max", countMax));

    /// <summary>Adds an event.</summary>
    public static void Add(SqliteConnection connection, NewEvent added) =>
        connection.Execute(
            $"""
            INSERT INTO events ({Columns})
            VALUES ($kind, $project, $resource_id, $principal, $source_address, $reason, $request_id, $payload, $time)
            """,
            ("kind", added.Kind),
            ("project", added.Project),
            ("resource_id", added.ResourceId),
            ("principal", added.Origin.Principal),
            ("source_address", added.Origin.SourceAddress),
            ("reason", added.Origin.Reason),
            ("request_id", added.Origin.RequestId),
            ("payload", added.Payload),
            ("time", added.Time.ToColumn()));

    /// <summary>Removes the first of those that are older.</summary>
    public static int RemoveBefore(SqliteConnection connection, DateTimeOffset time, int countMax) =>
        connection.Execute(
            "DELETE FROM events WHERE sequence IN (SELECT sequence FROM events WHERE time < $time ORDER BY sequence LIMIT $count_max)",
            ("time", time.ToColumn()),
            ("count_max", countMax));

    private static StoredEvent Read(SqliteDataReader row) => new(
        row.GetLong("sequence"),
        new NewEvent(
            row.GetText("kind"),
            row.GetText("project"),
            row.GetText("resource_id"),
            new Origin(row.GetText("principal"), row.GetText("source_address"), row.GetText("reason"), row.GetText("request_id")),
            row.GetText("payload"),
            row.GetTime("time")));
}
