using System.Diagnostics;
using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Lab;

/// <summary>An agent as a process in a network namespace. Stopped through its standard input, so that it says what it logged; killed when it does not stop.</summary>
internal sealed class AgentChild : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private AgentChild(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Starts an agent.</summary>
    public static AgentChild Start(NetworkNamespace network, string directory, ControllerAddress controller, string bootId, string joinToken)
    {
        var start = new ProcessStartInfo("nsenter")
        {
            ArgumentList = { $"--net={network.Path}", "dotnet", typeof(AgentChild).Assembly.Location, "agent", directory, controller.ToString(), bootId },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (joinToken.Length > 0)
            start.ArgumentList.Add(joinToken);
        return new AgentChild(Process.Start(start)!);
    }

    /// <summary>Kills it as the kernel would.</summary>
    public Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        return _process.WaitForExitAsync();
    }

    /// <summary>Stops it and returns what it logged.</summary>
    public async Task<string> StopAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }

        return await _output;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
