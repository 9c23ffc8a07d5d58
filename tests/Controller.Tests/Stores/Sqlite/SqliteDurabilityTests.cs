using System.Globalization;
using Agents.Controller.Stores.Sqlite;
using Agents.Testing;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>What was acknowledged is there after a kill.</summary>
public sealed class SqliteDurabilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(57)]
    public async Task WriteAsync_ProcessKilled_NoAcknowledgedWriteIsLost(int acknowledgedBeforeKill)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("state.db");
        var acknowledged = 0L;

        using (var process = WriterProcess.Start(path))
        {
            for (var line = 0; line < acknowledgedBeforeKill; line++)
                acknowledged = long.Parse((await process.StandardOutput.ReadLineAsync().DefaultTimeout())!, CultureInfo.InvariantCulture);
            process.Kill();
            var rest = await process.StandardOutput.ReadToEndAsync().DefaultTimeout();
            // The last line may be torn by the kill; whole ones were acknowledged too.
            foreach (var line in rest.Split('\n')[..^1])
                acknowledged = long.Parse(line, CultureInfo.InvariantCulture);
            await process.WaitForExitAsync().DefaultTimeout();
        }

        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = path });
        var epoch = await store.ReadAsync(reader => reader.Identity.Epoch, CancellationToken.None).DefaultTimeout();
        Assert.InRange(epoch, acknowledged, acknowledged + 1);
    }
}
