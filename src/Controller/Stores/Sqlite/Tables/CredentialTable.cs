using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The sealed secrets of clusters, every version of them.</summary>
internal static class CredentialTable
{
    private const string Columns = "cluster_id, role, version, key_id, sealed, created_at";

    /// <summary>The newest version of a role's credential.</summary>
    public static Credential? Find(SqliteConnection connection, ClusterId cluster, string role) =>
        connection.Find(
            $"SELECT {Columns} FROM credentials WHERE cluster_id = $cluster_id AND role = $role ORDER BY version DESC LIMIT 1",
            Read,
            ("cluster_id", cluster.ToString()),
            ("role", role));

    /// <summary>The newest version of each credential of a cluster, by role.</summary>
    public static IReadOnlyList<Credential> List(SqliteConnection connection, ClusterId cluster) =>
        connection.Query(
            $"""
            SELECT {Columns} FROM credentials AS newest
            WHERE cluster_id = $cluster_id AND version =
                (SELECT max(version) FROM credentials WHERE cluster_id = newest.cluster_id AND role = newest.role)
            ORDER BY role
            """,
            Read,
            ("cluster_id", cluster.ToString()));

    /// <summary>Adds a version; one that is there stays as it is.</summary>
    public static void Add(SqliteConnection connection, Credential credential) =>
        connection.Execute(
            $"INSERT OR IGNORE INTO credentials ({Columns}) VALUES ($cluster_id, $role, $version, $key_id, $sealed, $created_at)",
            ("cluster_id", credential.ClusterId.ToString()),
            ("role", credential.Role),
            ("version", credential.Version),
            ("key_id", credential.KeyId),
            ("sealed", credential.Sealed.ToArray()),
            ("created_at", credential.CreatedAt.ToColumn()));

    /// <summary>Removes all credentials of a cluster.</summary>
    public static void Remove(SqliteConnection connection, ClusterId cluster) =>
        connection.Execute("DELETE FROM credentials WHERE cluster_id = $cluster_id", ("cluster_id", cluster.ToString()));

    private static Credential Read(SqliteDataReader row) => new()
    {
        ClusterId = ClusterId.Parse(row.GetText("cluster_id")),
        Role = row.GetText("role"),
        Version = row.GetLong("version"),
        KeyId = row.GetText("key_id"),
        Sealed = row.GetBytes("sealed"),
        CreatedAt = row.GetTime("created_at"),
    };
}
