using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>What is to be removed from hosts later.</summary>
internal static class LeftoverTable
{
    private const string Columns = "host_id, kind, name, owner, owner_generation, instance_id, generation, not_before, destroy_data, operation_id";

    /// <summary>All leftovers, the next due first.</summary>
    public static IReadOnlyList<Leftover> List(SqliteConnection connection) =>
        connection.Query($"SELECT {Columns} FROM leftovers ORDER BY not_before, host_id, kind, name", Read);

    /// <summary>Adds a leftover; one that is there stays as it is.</summary>
    public static void Add(SqliteConnection connection, Leftover leftover) =>
        connection.Execute(
            $"""
            INSERT OR IGNORE INTO leftovers ({Columns})
            VALUES ($host_id, $kind, $name, $owner, $owner_generation, $instance_id, $generation, $not_before, $destroy_data, $operation_id)
            """,
            ("host_id", leftover.HostId.ToString()),
            ("kind", SqliteWords<LeftoverKind>.Of(leftover.Kind)),
            ("name", leftover.Name),
            ("owner", leftover.Owner.ToString()),
            ("owner_generation", leftover.OwnerGeneration),
            ("instance_id", leftover.InstanceId?.ToString()),
            ("generation", leftover.Generation),
            ("not_before", leftover.NotBefore.ToColumn()),
            ("destroy_data", leftover.DestroyData),
            ("operation_id", leftover.OperationId.ToString()));

    /// <summary>Changes a leftover.</summary>
    public static void Update(SqliteConnection connection, Leftover leftover) =>
        connection.Execute(
            """
            UPDATE leftovers SET owner_generation = $owner_generation, generation = $generation, not_before = $not_before, operation_id = $operation_id
            WHERE host_id = $host_id AND kind = $kind AND name = $name
            """,
            ("host_id", leftover.HostId.ToString()),
            ("kind", SqliteWords<LeftoverKind>.Of(leftover.Kind)),
            ("name", leftover.Name),
            ("owner_generation", leftover.OwnerGeneration),
            ("generation", leftover.Generation),
            ("not_before", leftover.NotBefore.ToColumn()),
            ("operation_id", leftover.OperationId.ToString()));

    /// <summary>Removes a leftover, and frees the subnet of a network.</summary>
    public static void Remove(SqliteConnection connection, Leftover leftover)
    {
        connection.Execute(
            "DELETE FROM leftovers WHERE host_id = $host_id AND kind = $kind AND name = $name",
            ("host_id", leftover.HostId.ToString()),
            ("kind", SqliteWords<LeftoverKind>.Of(leftover.Kind)),
            ("name", leftover.Name));
        NetworkTable.FreeUnused(connection);
    }

    private static Leftover Read(SqliteDataReader row) => new()
    {
        HostId = HostId.Parse(row.GetText("host_id")),
        Owner = ResourceRef.Parse(row.GetText("owner")),
        OwnerGeneration = row.GetLong("owner_generation"),
        InstanceId = row.FindText("instance_id") is { } id ? InstanceId.Parse(id) : null,
        Generation = row.GetLong("generation"),
        Kind = SqliteWords<LeftoverKind>.Parse(row.GetText("kind")),
        Name = row.GetText("name"),
        NotBefore = row.GetTime("not_before"),
        DestroyData = row.GetFlag("destroy_data"),
        OperationId = OperationId.Parse(row.GetText("operation_id")),
    };
}
