using System.Diagnostics;

namespace Agents.Testing.Engines;

/// <summary>Runs Docker's own command line against the machine's engine.</summary>
internal static class DockerCommand
{
    /// <summary>What the command printed; throws with what it complained about when it fails.</summary>
    public static Task<string> RunAsync(params IEnumerable<string> arguments) => RunAsync(null, arguments);

    /// <summary>The same with bytes for its input.</summary>
    public static async Task<string> RunAsync(byte[]? input, params IEnumerable<string> arguments) => System.Text.Encoding.UTF8.GetString(await ReadAsync(input, arguments)).Trim();

    /// <summary>The same with what it printed as bytes.</summary>
    public static async Task<byte[]> ReadAsync(byte[]? input, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("docker does not start");
        using var output = new MemoryStream();
        var copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        var complaints = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await copy;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"docker {string.Join(' ', start.ArgumentList)}: {await complaints}");
    }
}
