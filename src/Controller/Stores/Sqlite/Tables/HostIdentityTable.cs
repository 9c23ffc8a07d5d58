using System.Text.Json;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The credentials of hosts.</summary>
internal static class HostIdentityTable
{
    private const string Columns = "host_id, public_key_sha256, serial, certificate, not_after, next_key, revoked_at, join_token_id, request_id";

    /// <summary>The credential of a host.</summary>
    public static HostIdentity? Find(SqliteConnection connection, HostId id) =>
        connection.Find($"SELECT {Columns} FROM host_identities WHERE host_id = $host_id", Read, ("host_id", id.ToString()));

    /// <summary>The credential that a request was given.</summary>
    public static HostIdentity? Find(SqliteConnection connection, string requestId, string publicKeySha256) =>
        connection.Find(
            $"SELECT {Columns} FROM host_identities WHERE request_id = $request_id AND public_key_sha256 = $public_key_sha256",
            Read,
            ("request_id", requestId),
            ("public_key_sha256", publicKeySha256));

    /// <summary>Adds the credential of a host.</summary>
    public static void Add(SqliteConnection connection, HostIdentity identity) =>
        connection.Execute(
            $"""
            INSERT INTO host_identities ({Columns})
            VALUES ($host_id, $public_key_sha256, $serial, $certificate, $not_after, $next_key, $revoked_at, $join_token_id, $request_id)
            """,
            Parameters(identity));

    /// <summary>Replaces the credential of a host.</summary>
    public static void Update(SqliteConnection connection, HostIdentity identity)
    {
        var changed = connection.Execute(
            """
            UPDATE host_identities
            SET public_key_sha256 = $public_key_sha256, serial = $serial, certificate = $certificate, not_after = $not_after, next_key = $next_key, revoked_at = $revoked_at,
                join_token_id = $join_token_id, request_id = $request_id
            WHERE host_id = $host_id
            """,
            Parameters(identity));
        if (changed != 1)
            throw new InvalidOperationException($"the credential of host {identity.HostId} is not in the store");
    }

    /// <summary>Removes the credential of a host.</summary>
    public static void Remove(SqliteConnection connection, HostId id) => connection.Execute("DELETE FROM host_identities WHERE host_id = $host_id", ("host_id", id.ToString()));

    private static (string Name, object? Value)[] Parameters(HostIdentity identity) =>
    [
        ("host_id", identity.HostId.ToString()),
        ("public_key_sha256", identity.PublicKeySha256),
        ("serial", identity.Serial),
        ("certificate", identity.Certificate.ToArray()),
        ("not_after", identity.NotAfter.ToColumn()),
        ("next_key", identity.Next is { } next ? JsonSerializer.Serialize(next, SqliteJson.Default.NextKey) : null),
        ("revoked_at", identity.RevokedAt.ToColumn()),
        ("join_token_id", identity.JoinTokenId),
        ("request_id", identity.RequestId),
    ];

    private static HostIdentity Read(SqliteDataReader row) => new()
    {
        HostId = HostId.Parse(row.GetText("host_id")),
        PublicKeySha256 = row.GetText("public_key_sha256"),
        Serial = row.GetText("serial"),
        Certificate = row.GetBytes("certificate"),
        NotAfter = row.GetTime("not_after"),
        Next = row.FindText("next_key") is { } next ? JsonSerializer.Deserialize(next, SqliteJson.Default.NextKey) : null,
        RevokedAt = row.FindTime("revoked_at"),
        JoinTokenId = row.GetText("join_token_id"),
        RequestId = row.GetText("request_id"),
    };
}
