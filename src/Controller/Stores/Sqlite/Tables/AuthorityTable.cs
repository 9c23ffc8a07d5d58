using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The certificate authorities of the fleet, with their keys sealed.</summary>
internal static class AuthorityTable
{
    /// <summary>The authorities, the last added first.</summary>
    public static IReadOnlyList<StoredAuthority> List(SqliteConnection connection) =>
        connection.Query(
            "SELECT id, certificate, sealed_key, created_at FROM authorities ORDER BY sequence DESC",
            row => new StoredAuthority(row.GetText("id"), row.GetBytes("certificate"), row.GetBytes("sealed_key"), row.GetTime("created_at")));

    /// <summary>Adds an authority.</summary>
    public static void Add(SqliteConnection connection, StoredAuthority authority) =>
        connection.Execute(
            "INSERT INTO authorities (id, certificate, sealed_key, created_at) VALUES ($id, $certificate, $sealed_key, $created_at)",
            ("id", authority.Id),
            ("certificate", authority.Certificate.ToArray()),
            ("sealed_key", authority.SealedKey.ToArray()),
            ("created_at", authority.CreatedAt.ToColumn()));
}
