using System.ComponentModel;
using System.Diagnostics;

namespace Agents.Agent.Hosts;

/// <summary>Asks the host's iptables, of either make, which shows what the Docker Engine of this host wrote with it.</summary>
internal sealed class IptablesFirewall : IFirewall
{
    private const string JumpToDocker = "-j DOCKER";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool?> HasDockerRulesAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("iptables", ["-w", "1", "-t", "nat", "-S", "PREROUTING"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                var rules = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? rules.Split('\n').Any(rule => rule.EndsWith(JumpToDocker, StringComparison.Ordinal)) : null;
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return null; // There is no such program, or it ended while it was looked at.
        }
    }
}
