using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The tokens that let hosts join, hashed.</summary>
internal static class JoinTokenTable
{
    private const string Columns = "id, secret_sha256, project, labels, max_uses, uses, created_at, expires_at, created_by";

    /// <summary>A token by id.</summary>
    public static JoinTokenRecord? Find(SqliteConnection connection, string id) =>
        connection.Find($"SELECT {Columns} FROM join_tokens WHERE id = $id", Read, ("id", id));

    /// <summary>A token by the hash of its secret.</summary>
    public static JoinTokenRecord? FindBySecret(SqliteConnection connection, string secretSha256) =>
        connection.Find($"SELECT {Columns} FROM join_tokens WHERE secret_sha256 = $secret_sha256", Read, ("secret_sha256", secretSha256));

    /// <summary>The tokens, newest first.</summary>
    public static IReadOnlyList<JoinTokenRecord> List(SqliteConnection connection, string? project) =>
        connection.Query(
            $"SELECT {Columns} FROM join_tokens WHERE $project IS NULL OR project = $project ORDER BY created_at DESC, id DESC", Read, ("project", project));

    /// <summary>Adds a token.</summary>
    public static void Add(SqliteConnection connection, JoinTokenRecord token) =>
        connection.Execute(
            $"""
            INSERT INTO join_tokens ({Columns})
            VALUES ($id, $secret_sha256, $project, $labels, $max_uses, $uses, $created_at, $expires_at, $created_by)
            """,
            Parameters(token));

    /// <summary>Replaces a token. Its secret is fixed.</summary>
    public static void Update(SqliteConnection connection, JoinTokenRecord token)
    {
        var changed = connection.Execute(
            """
            UPDATE join_tokens
            SET project = $project, labels = $labels, max_uses = $max_uses, uses = $uses, expires_at = $expires_at
            WHERE id = $id AND secret_sha256 = $secret_sha256
            """,
            Parameters(token));
        if (changed != 1)
            throw new InvalidOperationException($"join token {token.Id} is not in the store");
    }

    /// <summary>Removes a token; false when there is none.</summary>
    public static bool Remove(SqliteConnection connection, string id) => connection.Execute("DELETE FROM join_tokens WHERE id = $id", ("id", id)) == 1;

    private static (string Name, object? Value)[] Parameters(JoinTokenRecord token) =>
    [
        ("id", token.Id),
        ("secret_sha256", token.SecretSha256),
        ("project", token.Project),
        ("labels", JsonSerializer.Serialize(token.Labels, SqliteJson.Default.LabelSet)),
        ("max_uses", token.MaxUses),
        ("uses", token.Uses),
        ("created_at", token.CreatedAt.ToColumn()),
        ("expires_at", token.ExpiresAt.ToColumn()),
        ("created_by", token.CreatedBy),
    ];

    private static JoinTokenRecord Read(SqliteDataReader row) => new()
    {
        Id = row.GetText("id"),
        SecretSha256 = row.GetText("secret_sha256"),
        Project = row.GetText("project"),
        Labels = JsonSerializer.Deserialize(row.GetText("labels"), SqliteJson.Default.LabelSet)!,
        MaxUses = row.GetInt("max_uses"),
        Uses = row.GetInt("uses"),
        CreatedAt = row.GetTime("created_at"),
        ExpiresAt = row.GetTime("expires_at"),
        CreatedBy = row.GetText("created_by"),
    };
}
