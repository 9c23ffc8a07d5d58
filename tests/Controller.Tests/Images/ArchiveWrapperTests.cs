using System.Diagnostics;
using Agents.Testing;

namespace Agents.Controller.Tests.Images;

/// <summary>What PostgreSQL hears when it hands a WAL segment to the image's archiving: success only where somebody said what is to be done.</summary>
public sealed class ArchiveWrapperTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Order => _directory.File("archive.command");

    [Fact]
    public async Task NoFile_IsAFailureThatSaysWhatToDo()
    {
        var (code, error) = await ArchiveAsync();

        Assert.Equal((1, $"agents-archive: {Order} is not there, or cannot be read: the WAL segment is kept. Write \"off\" into it to archive nothing.\n"), (code, error));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("# cp \"$1\" /archive\n")]
    public async Task NothingInIt_IsAFailureThatSaysWhatToDo(string text)
    {
        await File.WriteAllTextAsync(Order, text);

        var (code, error) = await ArchiveAsync();

        Assert.Equal((1, $"agents-archive: {Order} holds no order: the WAL segment is kept. Write \"off\" into it to archive nothing.\n"), (code, error));
    }

    [Theory]
    [InlineData("off", 0)]
    [InlineData("# nothing yet\noff\n", 0)]
    [InlineData("[ \"$1 $2\" = \"pg_wal/1 1\" ]", 0)]
    [InlineData("false\n", 1)]
    [InlineData("exit 3\n", 3)]
    public async Task Order_IsObeyed(string text, int code)
    {
        await File.WriteAllTextAsync(Order, text);

        Assert.Equal((code, ""), await ArchiveAsync());
    }

    public void Dispose() => _directory.Dispose();

    private async Task<(int Code, string Error)> ArchiveAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Root(), "deploy/images/postgres/agents-archive"), "pg_wal/1", "1"])
        {
            RedirectStandardError = true,
            Environment = { ["AGENTS_ARCHIVE_COMMAND"] = Order },
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync().DefaultTimeout();
        await process.WaitForExitAsync().DefaultTimeout();
        return (process.ExitCode, error);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
