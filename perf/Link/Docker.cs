using System.Diagnostics;

namespace Agents.Perf.Link;

/// <summary>The docker program of this machine.</summary>
internal static class Docker
{
    /// <summary>Runs it to its end and returns what it printed; throws when it fails.</summary>
    public static async Task<string> RunAsync(params string[] arguments) => await RunAsync(input: null, arguments);

    /// <summary>Runs it with an input.</summary>
    public static async Task<string> RunAsync(byte[]? input, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null)
            await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await error}");
    }
}
