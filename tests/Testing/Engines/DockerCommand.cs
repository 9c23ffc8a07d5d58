using System.Diagnostics;

namespace Agents.Testing.Engines;

/// <summary>Runs Docker's own command line against the machine's engine.</summary>
internal static class DockerCommand
{
    /// <summary>What the command printed; throws with what it complained about when it fails.</summary>
    public static Task<string> RunAsync(params IEnumerable<string> arguments) => RunAsync(null, arguments);

    /// <summary>The same with bytes for its input.</summary>
    public static async Task<string> RunAsync(byte[]? input, params IEnumerable<string> arguments) => System.Text.Encoding.UTF8.GetString(await ReadAsync(input, arguments)).Trim();

    /// <summary>What a container has written, to either of its streams.</summary>
    public static async Task<string> LogsAsync(string container) =>
        System.Text.Encoding.UTF8.GetString(await ReadAsync(new ProcessStartInfo("sh", ["-c", "docker logs \"$0\" 2>&1", container]), input: null));

    /// <summary>The same as <see cref="RunAsync(byte[], IEnumerable{string})"/> with what it printed as bytes.</summary>
    public static Task<byte[]> ReadAsync(byte[]? input, params IEnumerable<string> arguments) => ReadAsync(new ProcessStartInfo("docker", arguments), input);

    private static async Task<byte[]> ReadAsync(ProcessStartInfo start, byte[]? input)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("docker does not start");
        using var output = new MemoryStream();
        var copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        var complaints = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await copy;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {await complaints}");
    }
}
