using System.Diagnostics;

namespace Agents.EndToEnd.Tests;

/// <summary>Runs programs and waits for their end. A program with a slash in its name is one of the working tree.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end, at most two minutes, and returns its output. Throws with all output when it fails.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await TryAsync(program, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}\n{result.Output}\n{result.Error}");
    }

    /// <summary>Runs a program to its end, at most two minutes, whatever comes of it.</summary>
    public static async Task<ShellResult> TryAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Repository.Root, program) : program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ShellResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than two minutes");
        }
    }
}
