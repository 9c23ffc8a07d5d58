using System.Diagnostics;
using Agents.Testing;

namespace Agents.Agent.Tests.Docker;

/// <summary>A Docker Engine 29 of the tests' own, in a network namespace of its own, so that it meets nobody. Ended, with its data, when the tests are.</summary>
public sealed class NewEngine : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agents-engine-").FullName;
    private Process? _process;

    /// <summary>Where the programs of the tests lie; null where there are none.</summary>
    public static string? Programs => Directory.Exists("/var/tmp/agents-test/bin/docker29") ? "/var/tmp/agents-test/bin/docker29" : null;

    /// <summary>Its socket.</summary>
    public string Socket => Path.Combine(_directory, "sock");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Programs is null)
            return;
        var start = new ProcessStartInfo("unshare")
        {
            ArgumentList =
            {
                "--net", "--kill-child", "--fork", "sh", "-c",
                $"ip link set lo up && exec {Programs}/dockerd --userland-proxy=false --data-root {_directory}/data --exec-root {_directory}/run "
                + $"--pidfile {_directory}/pid --containerd-namespace agents-{Environment.ProcessId} --containerd-plugins-namespace agents-p-{Environment.ProcessId} "
                + $"-H unix://{Socket} >{_directory}/log 2>&1",
            },
        };
        start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        _process = Process.Start(start)!;
        var deadline = DateTime.UtcNow + Waiting.Limit;
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || DateTime.UtcNow > deadline)
                throw new InvalidOperationException($"Docker Engine 29 did not start: {await File.ReadAllTextAsync($"{_directory}/log")}");
            await Task.Delay(100);
        }
    }

    /// <summary>Sends a signal to the engine itself.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", (await File.ReadAllTextAsync($"{_directory}/pid")).Trim()]);
        await kill.WaitForExitAsync().DefaultTimeout();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            await SignalAsync("TERM");
            await process.WaitForExitAsync().DefaultTimeout();
            process.Dispose();
        }

        using (var clean = Process.Start("sh", ["-c", $"umount {_directory}/run/netns/* {_directory}/data/*/* 2>/dev/null; rm -rf {_directory}"]))
            await clean.WaitForExitAsync().DefaultTimeout();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            await EngineUnderTest.At(Socket).System.GetInfoAsync(default);
            return true;
        }
        catch (Agents.Agent.Docker.DockerException)
        {
            return false;
        }
    }
}
