using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The one row that says which store this is, and counts what must only rise.</summary>
internal static class IdentityTable
{
    /// <summary>Gives the store its identity; a store that has one keeps it.</summary>
    public static void Make(SqliteConnection connection, string storeId) =>
        connection.Execute("INSERT OR IGNORE INTO identity (id, store_id, epoch, revision, operation_sequence) VALUES (1, $store_id, 0, 0, 0)", ("store_id", storeId));

    /// <summary>The identity.</summary>
    public static StoreIdentity Get(SqliteConnection connection) =>
        connection.Find("SELECT store_id, epoch, revision FROM identity", row => new StoreIdentity(row.GetText("store_id"), row.GetLong("epoch"), row.GetLong("revision")))!;

    /// <summary>Takes the next epoch.</summary>
    public static long TakeEpoch(SqliteConnection connection, long atLeast) =>
        connection.Number("UPDATE identity SET epoch = max(epoch, $at_least) + 1 RETURNING epoch", ("at_least", atLeast));

    /// <summary>Raises the revision: the last thing that every transaction does.</summary>
    public static long RaiseRevision(SqliteConnection connection) => connection.Number("UPDATE identity SET revision = revision + 1 RETURNING revision");

    /// <summary>The last sequence that an operation was given.</summary>
    public static long LastOperationSequence(SqliteConnection connection) => connection.Number("SELECT operation_sequence FROM identity");

    /// <summary>Takes the next sequence for a change of an operation.</summary>
    public static long TakeOperationSequence(SqliteConnection connection) =>
        connection.Number("UPDATE identity SET operation_sequence = operation_sequence + 1 RETURNING operation_sequence");
}
