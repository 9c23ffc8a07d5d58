using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Tells failures of the disk from bugs of ours: a broken constraint or statement stays what it is.</summary>
internal static class SqliteFailures
{
    private const int Error = 1;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Misuse = 21;
    private const int Range = 25;

    /// <summary>The failure as the callers of the store know it.</summary>
    public static Exception Translate(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: not (Error or Constraint or Mismatch or Misuse or Range) }
            ? new StoreUnavailableException($"the store cannot be used now: {exception.Message}", exception)
            : exception;
}
