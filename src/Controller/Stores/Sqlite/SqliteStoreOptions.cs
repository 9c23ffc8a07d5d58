using System.ComponentModel.DataAnnotations;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Where the embedded store is and how much it takes.</summary>
internal sealed class SqliteStoreOptions
{
    /// <summary>The file of the store; its write-ahead log lies beside it.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>How many reads may go on at the same time, each on a connection of its own.</summary>
    [Range(1, 64)]
    public int ReaderCount { get; set; } = 4;

    /// <summary>How many writes may wait for the one writer; more wait before they are queued.</summary>
    [Range(1, 65536)]
    public int WriteQueueMax { get; set; } = 1024;
}
