using Agents.Controller.Stores;
using Agents.Controller.Stores.Sqlite;
using Agents.Testing;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>Migrations: in order, once, with a copy before, and never backwards.</summary>
public sealed class SqliteMigrationsTests : IDisposable
{
    private static readonly SqliteMigration First = new(1, "CREATE TABLE one (value TEXT) STRICT; INSERT INTO one VALUES ('kept');");
    private static readonly SqliteMigration Second = new(2, "ALTER TABLE one ADD COLUMN second TEXT;");
    private readonly TemporaryDirectory _directory = new();

    private string StorePath => _directory.File("state.db");

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Embedded_AreNumberedFromOneWithoutGaps()
    {
        Apply(SqliteMigrations.Embedded);

        Assert.Equal(SqliteMigrations.Embedded.Version, Number("PRAGMA user_version"));
        Assert.Equal(1, Number("SELECT count(*) FROM sqlite_master WHERE name = 'clusters'"));
        Assert.Single(Directory.GetFiles(_directory.Path, "*.db*"), StorePath);
    }

    [Fact]
    public void Apply_Pending_CopiesTheStoreBeforeTheFirst()
    {
        Apply(new SqliteMigrations([First]));

        Apply(new SqliteMigrations([First, Second]));
        Apply(new SqliteMigrations([First, Second]));

        Assert.Equal(2, Number("PRAGMA user_version"));
        var copy = StorePath + ".before-002";
        using var connection = new SqliteConnections(copy).OpenReader();
        Assert.Equal(1, connection.Number("PRAGMA user_version"));
        Assert.Equal(1, connection.Number("SELECT count(*) FROM one WHERE value = 'kept'"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.False(File.Exists(copy + ".unfinished"));
    }

    [Fact]
    public void Apply_OlderCopyIsThere_IsReplaced()
    {
        Apply(new SqliteMigrations([First]));
        File.WriteAllText(StorePath + ".before-002", "torn");
        File.WriteAllText(StorePath + ".before-002.unfinished", "torn");

        Apply(new SqliteMigrations([First, Second]));

        using var connection = new SqliteConnections(StorePath + ".before-002").OpenReader();
        Assert.Equal(1, connection.Number("SELECT count(*) FROM one"));
    }

    [Fact]
    public void Apply_MigrationFails_LeavesTheVersionBefore()
    {
        Apply(new SqliteMigrations([First]));
        var broken = new SqliteMigration(2, "CREATE TABLE two (value TEXT) STRICT; SELECT * FROM nowhere;");

        Assert.Throws<SqliteException>(() => Apply(new SqliteMigrations([First, broken])));

        Assert.Equal(1, Number("PRAGMA user_version"));
        Assert.Equal(0, Number("SELECT count(*) FROM sqlite_master WHERE name = 'two'"));
    }

    [Fact]
    public void Open_NewerSchema_IsRefusedAndUntouched()
    {
        Apply(new SqliteMigrations([First, Second]));

        var exception = Assert.Throws<SchemaTooNewException>(() => SqliteStore.Open(new SqliteStoreOptions { Path = StorePath }, new SqliteMigrations([First])));

        Assert.Equal(
            $"the store {StorePath} has schema 2 and this version knows 1 at the most: start the newer version, or restore a copy from before it", exception.Message);
        Assert.Equal(2, Number("PRAGMA user_version"));
    }

    private void Apply(SqliteMigrations migrations)
    {
        using var connection = new SqliteConnections(StorePath).OpenWriter();
        migrations.Apply(connection, StorePath);
    }

    private long Number(string sql)
    {
        using var connection = new SqliteConnections(StorePath).OpenReader();
        return connection.Number(sql);
    }
}
