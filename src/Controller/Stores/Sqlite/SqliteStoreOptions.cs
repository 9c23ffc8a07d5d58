namespace Agents.Controller.Stores.Sqlite;

/// <summary>Where the embedded store is and how much it takes.</summary>
internal sealed record SqliteStoreOptions
{
    /// <summary>The file of the store; its write-ahead log lies beside it.</summary>
    public required string Path { get; init; }

    /// <summary>How many reads may go on at the same time, each on a connection of its own.</summary>
    public int ReaderCount { get; init; } = 4;

    /// <summary>How many writes may wait for the one writer; more wait before they are queued.</summary>
    public int WriteQueueMax { get; init; } = 1024;
}
