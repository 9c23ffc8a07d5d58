using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The sealed secrets of resources, every version of them.</summary>
internal static class CredentialTable
{
    private const string Columns = "owner, role, version, key_id, sealed, created_at";

    /// <summary>The newest version of a role's credential.</summary>
    public static Credential? Find(SqliteConnection connection, ResourceRef owner, string role) =>
        connection.Find(
            $"SELECT {Columns} FROM credentials WHERE owner = $owner AND role = $role ORDER BY version DESC LIMIT 1",
            Read,
            ("owner", owner.ToString()),
            ("role", role));

    /// <summary>The newest version of each credential of a resource, by role.</summary>
    public static IReadOnlyList<Credential> List(SqliteConnection connection, ResourceRef owner) =>
        connection.Query(
            $"""
            SELECT {Columns} FROM credentials AS newest
            WHERE owner = $owner AND version =
                (SELECT max(version) FROM credentials WHERE owner = newest.owner AND role = newest.role)
            ORDER BY role
            """,
            Read,
            ("owner", owner.ToString()));

    /// <summary>Adds a version; one that is there stays as it is.</summary>
    public static void Add(SqliteConnection connection, Credential credential) =>
        connection.Execute(
            $"INSERT OR IGNORE INTO credentials ({Columns}) VALUES ($owner, $role, $version, $key_id, $sealed, $created_at)",
            ("owner", credential.Owner.ToString()),
            ("role", credential.Role),
            ("version", credential.Version),
            ("key_id", credential.KeyId),
            ("sealed", credential.Sealed.ToArray()),
            ("created_at", credential.CreatedAt.ToColumn()));

    /// <summary>Removes all credentials of a resource.</summary>
    public static void Remove(SqliteConnection connection, ResourceRef owner) =>
        connection.Execute("DELETE FROM credentials WHERE owner = $owner", ("owner", owner.ToString()));

    /// <summary>Removes every version of one role's credential.</summary>
    public static void Remove(SqliteConnection connection, ResourceRef owner, string role) =>
        connection.Execute("DELETE FROM credentials WHERE owner = $owner AND role = $role", ("owner", owner.ToString()), ("role", role));

    private static Credential Read(SqliteDataReader row) => new()
    {
        Owner = ResourceRef.Parse(row.GetText("owner")),
        Role = row.GetText("role"),
        Version = row.GetLong("version"),
        KeyId = row.GetText("key_id"),
        Sealed = row.GetBytes("sealed"),
        CreatedAt = row.GetTime("created_at"),
    };
}
