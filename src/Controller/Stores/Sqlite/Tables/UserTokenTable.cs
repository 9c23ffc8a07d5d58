using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The tokens that users call with, hashed.</summary>
internal static class UserTokenTable
{
    private const string Columns = "id, name, secret_sha256, role, project, created_at, expires_at, revoked_at";

    /// <summary>A token by the hash of its text.</summary>
    public static UserToken? Find(SqliteConnection connection, string secretSha256) =>
        connection.Find($"SELECT {Columns} FROM user_tokens WHERE secret_sha256 = $secret_sha256", Read, ("secret_sha256", secretSha256));

    /// <summary>The tokens by name.</summary>
    public static IReadOnlyList<UserToken> List(SqliteConnection connection) =>
        connection.Query($"SELECT {Columns} FROM user_tokens ORDER BY name, created_at, id", Read);

    /// <summary>Adds a token.</summary>
    public static void Add(SqliteConnection connection, UserToken token)
    {
        if (token.RevokedAt is null && connection.Number("SELECT count(*) FROM user_tokens WHERE name = $name AND revoked_at IS NULL", ("name", token.Name)) > 0)
            throw new NameTakenException("token", token.Name);
        connection.Execute(
            $"INSERT INTO user_tokens ({Columns}) VALUES ($id, $name, $secret_sha256, $role, $project, $created_at, $expires_at, $revoked_at)",
            Parameters(token));
    }

    /// <summary>Replaces a token. Its secret is fixed.</summary>
    public static void Update(SqliteConnection connection, UserToken token)
    {
        var changed = connection.Execute(
            """
            UPDATE user_tokens
            SET name = $name, role = $role, project = $project, expires_at = $expires_at, revoked_at = $revoked_at
            WHERE id = $id AND secret_sha256 = $secret_sha256
            """,
            Parameters(token));
        if (changed != 1)
            throw new InvalidOperationException($"user token {token.Id} is not in the store");
    }

    private static (string Name, object? Value)[] Parameters(UserToken token) =>
    [
        ("id", token.Id.ToString("D")),
        ("name", token.Name),
        ("secret_sha256", token.SecretSha256),
        ("role", SqliteWords<UserRole>.Of(token.Role)),
        ("project", token.Project),
        ("created_at", token.CreatedAt.ToColumn()),
        ("expires_at", token.ExpiresAt.ToColumn()),
        ("revoked_at", token.RevokedAt.ToColumn()),
    ];

    private static UserToken Read(SqliteDataReader row) => new()
    {
        Id = Guid.ParseExact(row.GetText("id"), "D"),
        Name = row.GetText("name"),
        SecretSha256 = row.GetText("secret_sha256"),
        Role = SqliteWords<UserRole>.Parse(row.GetText("role")),
        Project = row.FindText("project"),
        CreatedAt = row.GetTime("created_at"),
        ExpiresAt = row.FindTime("expires_at"),
        RevokedAt = row.FindTime("revoked_at"),
    };
}
