using Agents.Agent.Images;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Agent.Tests.Images;

/// <summary>The bounds of what is on its way to a host.</summary>
public sealed class ArchiveDirectoryTests : IDisposable
{
    private static readonly string s_sha256 = new('a', 64);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private long _freeBytes = 100;

    private ArchiveDirectory Archives => new(_directory.Path, _ => _freeBytes, _time, NullLogger<ArchiveDirectory>.Instance);

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Use_MoreThanTheDiskHasLeft_IsRefusedForNow()
    {
        var isFetched = false;

        var exception = await Assert.ThrowsAsync<CommandException>(() => UseAsync(101)).DefaultTimeout();
        Assert.Equal(ErrorReasons.LimitReached, exception.Reason);
        Assert.Contains("needs 101 bytes more", exception.Message, StringComparison.Ordinal);
        Assert.False(isFetched);

        _freeBytes = 101;
        await UseAsync(101).DefaultTimeout();
        Assert.True(isFetched);

        Task UseAsync(long bytes) => Archives.UseAsync(
            Archives.Download(s_sha256, bytes),
            () =>
            {
                isFetched = true;
                return Task.CompletedTask;
            },
            default);
    }

    [Fact]
    public async Task Use_PartIsThere_NeedsTheRestAlone()
    {
        await File.WriteAllBytesAsync(PartOf(s_sha256), new byte[50]);

        await Archives.UseAsync(Archives.Download(s_sha256, 150), () => Task.CompletedTask, default).DefaultTimeout();
        await Assert.ThrowsAsync<CommandException>(() => Archives.UseAsync(Archives.Download(s_sha256, 151), () => Task.CompletedTask, default)).DefaultTimeout();
    }

    [Fact]
    public async Task Use_Third_WaitsForOneOfTwo()
    {
        var archives = Archives;
        var (first, second, third) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var begun = new List<string>();
        var uses = new[] { ("first", first), ("second", second), ("third", third) }.Select(fetch => archives.UseAsync(
            archives.Download(s_sha256, 1),
            () =>
            {
                begun.Add(fetch.Item1);
                return fetch.Item2.Task;
            },
            default)).ToList();
        Assert.Equal(["first", "second"], begun);

        second.SetException(new IOException("it broke"));
        await Assert.ThrowsAsync<IOException>(() => uses[1]).DefaultTimeout();
        third.SetResult();
        await uses[2].DefaultTimeout();
        first.SetResult();
        await uses[0].DefaultTimeout();

        Assert.Equal(["first", "second", "third"], begun);
    }

    [Fact]
    public async Task Start_PartOlderThanADay_IsRemovedAndNothingElse()
    {
        foreach (var name in new[] { "old", "new", "other" })
            await File.WriteAllTextAsync(PartOf(name), "x");
        File.Move(PartOf("other"), Path.Combine(_directory.Path, "other.tar"));
        File.SetLastWriteTimeUtc(PartOf("old"), _time.GetUtcNow().AddHours(-25).UtcDateTime);
        File.SetLastWriteTimeUtc(Path.Combine(_directory.Path, "other.tar"), _time.GetUtcNow().AddHours(-25).UtcDateTime);
        File.SetLastWriteTimeUtc(PartOf("new"), _time.GetUtcNow().AddHours(-23).UtcDateTime);

        await Archives.StartAsync(default).DefaultTimeout();

        Assert.Equal(["new.part", "other.tar"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    private string PartOf(string name) => Path.Combine(_directory.Path, name + ".part");
}
