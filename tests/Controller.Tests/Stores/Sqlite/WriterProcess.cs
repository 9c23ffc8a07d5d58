using System.Diagnostics;
using Agents.Controller.Stores.Sqlite;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>A process that writes to a store in a loop and says each epoch once its write is acknowledged, to be killed at any moment.</summary>
internal static class WriterProcess
{
    /// <summary>What starts it.</summary>
    public const string Command = "write-in-a-loop";

    /// <summary>The child's side.</summary>
    public static async Task<int> RunAsync(string path)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = path });
        while (true)
            Console.WriteLine(await store.WriteAsync(writer => writer.TakeEpoch(0, Guid.NewGuid().ToString()), CancellationToken.None));
    }

    /// <summary>Starts the child.</summary>
    public static Process Start(string path)
    {
        var assembly = typeof(WriterProcess).Assembly.Location;
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } dotnet && Path.GetFileName(dotnet) == "dotnet" ? dotnet : "dotnet")
        {
            ArgumentList = { "exec", assembly, Command, path },
            RedirectStandardOutput = true,
        })!;
    }
}
