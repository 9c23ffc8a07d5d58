using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// Brings the schema to this version: numbered scripts, each in one transaction with the number that it leads to. Before the first one that changes an existing
/// store the file is copied to <c>state.db.before-NNN</c>. A store of a newer version is refused and not touched.
/// </summary>
internal sealed class SqliteMigrations(IReadOnlyList<SqliteMigration> migrations)
{
    /// <summary>The migrations that are part of this program.</summary>
    public static SqliteMigrations Embedded { get; } = new(ReadEmbedded());

    /// <summary>The version that the store has afterwards.</summary>
    public int Version => migrations[^1].Version;

    /// <summary>Migrates the store behind the connection, whose file is at <paramref name="path"/>.</summary>
    public void Apply(SqliteConnection connection, string path)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > Version)
            throw new SchemaTooNewException(
                $"the store {path} has schema {version} and this version knows {Version} at the most: start the newer version, or restore a copy from before it");

        var pending = migrations.Where(migration => migration.Version > version).ToList();
        if (version > 0 && pending.Count > 0)
            Copy(connection, string.Create(CultureInfo.InvariantCulture, $"{path}.before-{pending[0].Version:000}"));
        foreach (var migration in pending)
            Apply(connection, migration);
    }

    private static void Apply(SqliteConnection connection, SqliteMigration migration)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute(migration.Sql);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
            connection.Execute("COMMIT");
        }
        catch (SqliteException)
        {
            connection.Execute("ROLLBACK");
            throw;
        }
    }

    // A copy that stopped half-way must not pass for a whole one: it gets its name last.
    private static void Copy(SqliteConnection connection, string path)
    {
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        connection.Execute("VACUUM INTO $path", ("path", unfinished));
        using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(unfinished, path, overwrite: true);
    }

    private static List<SqliteMigration> ReadEmbedded()
    {
        var assembly = typeof(SqliteMigrations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new SqliteMigration(VersionOf(name), ReadText(assembly, name))),
        ];
    }

    private static int VersionOf(string name) => int.Parse(name["migrations/".Length..].Split('-')[0], CultureInfo.InvariantCulture);

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
