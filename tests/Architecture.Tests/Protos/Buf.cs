using System.Diagnostics;
using Agents.Architecture.Tests.Sources;
using Agents.Testing.Requirements;

namespace Agents.Architecture.Tests.Protos;

/// <summary>Runs buf in the folder of protos.</summary>
internal static class Buf
{
    /// <summary>Its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Surroundings.Tool("buf"), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>The repository's protos.</summary>
    public static string Protos => Path.Combine(Repository.Root, "protos");
}
