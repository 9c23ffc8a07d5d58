using System.Diagnostics;
using Agents.Agent.Configuration;
using Agents.Agent.Kernel;
using Agents.Testing;

namespace Agents.Agent.Tests;

/// <summary>The agent as a process of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static string OwnAddress => new KernelHostAddresses().All().First(address => !System.Net.IPAddress.IsLoopback(address)).ToString();

    [Theory]
    [InlineData(0, "--help", "--cluster-address")]
    [InlineData(0, "--version", "0.1.0")]
    [InlineData(2, "--nonsense=1", "is unknown")]
    public async Task Run_Flag_AnswersAndEnds(int exitCode, string flag, string expected)
    {
        using var process = Start(flag);
        var output = await process.StandardOutput.ReadToEndAsync().DefaultTimeout() + await process.StandardError.ReadToEndAsync().DefaultTimeout();
        await process.WaitForExitAsync().DefaultTimeout();

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.NotEmpty(AgentProcess.Version);
    }

    [Theory]
    [InlineData("", "has no join token")]
    [InlineData("nonsense", "is no join token")]
    public async Task Run_NeitherIdentityNorToken_SaysSoInOneSentenceAndEnds(string token, string expected)
    {
        await File.WriteAllTextAsync(_directory.File("token"), token);
        using var process = Start(
            "--controller-address", "127.0.0.1:1", "--join-token-file", _directory.File("token"), "--data-directory", _directory.File("data"),
            "--local-socket", _directory.File("agent.sock"), "--cluster-address", OwnAddress, "--policy-file", _directory.File("none.json"));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().DefaultTimeout();

        Assert.Equal((2, ""), (process.ExitCode, await output));
        var sentence = Assert.Single((await error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
        Assert.Contains("agentctl token create", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KilledAndStartedAgain_ServesItsSocket()
    {
        string[] flags =
        [
            "--data-directory", _directory.File("data"), "--local-socket", _directory.File("agent.sock"), "--cluster-address", OwnAddress,
            "--docker-socket", _directory.File("none.sock"), "--policy-file", _directory.File("none.json"),
        ];
        using (var first = Start(flags))
        {
            await SocketAsync();
            first.Kill();
            await first.WaitForExitAsync().DefaultTimeout();
        }

        using var second = Start(flags);
        await SocketAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("agent.sock")));
        using (var third = Start(flags))
        {
            await third.WaitForExitAsync().DefaultTimeout();
            Assert.Equal(2, third.ExitCode);
        }

        second.Kill();
        await second.WaitForExitAsync().DefaultTimeout();
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private async Task SocketAsync()
    {
        var deadline = DateTime.UtcNow + Waiting.Limit;
        while (!await AnswersAsync())
        {
            Assert.True(DateTime.UtcNow < deadline, "the agent does not serve its socket");
            await Task.Delay(50);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(_directory.File("agent.sock")));
            return File.GetUnixFileMode(_directory.File("agent.sock")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static Process Start(params string[] flags) => Process.Start(new ProcessStartInfo("dotnet", [typeof(AgentApplication).Assembly.Location, .. flags])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
