using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// Opens connections to one file. SQLite's library is found here and nowhere else. Counts every <c>SQLITE_BUSY</c>: with one writer and read-only readers
/// of a write-ahead log there is none, and each would cost the driver's sleep of 150 ms.
/// </summary>
internal sealed class SqliteConnections
{
    private readonly string _path;
    private readonly BusyHandler _busyHandler; // A field: native code holds it as long as a connection lives.
    private long _busyCount;

    /// <summary>Connections to a file.</summary>
    public SqliteConnections(string path)
    {
        _path = path;
        _busyHandler = (_, _) =>
        {
            Interlocked.Increment(ref _busyCount);
            return 0;
        };
    }

    static SqliteConnections() => SQLitePCL.Batteries_V2.Init();

    private delegate int BusyHandler(nint state, int count);

    /// <summary>How often a connection found the file busy since the start.</summary>
    public long BusyCount => Interlocked.Read(ref _busyCount);

    /// <summary>Opens the connection of the writer and makes the file where there is none. A commit is on disk when it returns.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = FULL");
        connection.Execute("PRAGMA foreign_keys = ON");
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // The pool of the driver would keep files open after the store's end.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        _ = sqlite3_busy_handler(connection.Handle!, _busyHandler, 0);
        return connection;
    }

#pragma warning disable SYSLIB1054 // The generated form needs unsafe code; this one is called a few times in a process's life.
    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_busy_handler(SafeHandle connection, BusyHandler handler, nint state);
#pragma warning restore SYSLIB1054
}
