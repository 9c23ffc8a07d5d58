using System.Diagnostics;

namespace Agents.Functional.Tests.Lab;

/// <summary>Programs of the machine.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end; throws with what it said when it fails.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await output} {await error}");
    }
}
