using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The terms in which processes have commanded.</summary>
internal static class EpochTermTable
{
    /// <summary>All terms, by epoch and first revision.</summary>
    public static IReadOnlyList<EpochTerm> List(SqliteConnection connection) => connection.Query(
        "SELECT id, epoch, first_revision, last_revision FROM epoch_terms ORDER BY epoch, first_revision, id",
        row => new EpochTerm(row.GetText("id"), row.GetLong("epoch"), row.GetLong("first_revision"), row.FindLong("last_revision")));

    /// <summary>Begins a term with the transaction under way, and ends the one before it.</summary>
    public static void Begin(SqliteConnection connection, string id, long epoch, long revision)
    {
        connection.Execute("UPDATE epoch_terms SET last_revision = $revision WHERE last_revision IS NULL", ("revision", revision));
        connection.Execute("INSERT INTO epoch_terms (id, epoch, first_revision) VALUES ($id, $epoch, $revision + 1)", ("id", id), ("epoch", epoch), ("revision", revision));
    }

    /// <summary>Adds a term of another store, or raises the last revision of one that is known to have ended.</summary>
    public static void Accept(SqliteConnection connection, EpochTerm term) => connection.Execute(
        """
        INSERT INTO epoch_terms (id, epoch, first_revision, last_revision) VALUES ($id, $epoch, $first, $last)
        ON CONFLICT (id) DO UPDATE SET last_revision = max(last_revision, excluded.last_revision) WHERE last_revision IS NOT NULL
        """,
        ("id", term.Id),
        ("epoch", term.Epoch),
        ("first", term.FirstRevision),
        ("last", term.LastRevision));
}
