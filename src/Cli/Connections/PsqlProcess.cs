using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Agents.Cli.Connections;

/// <summary>
/// psql as a child that has the terminal. What it needs to connect is in its environment, so nothing of it stands on a command line; the authority's certificate, which is no secret,
/// is in a directory that only this user can enter and that is gone afterwards.
/// </summary>
internal static class PsqlProcess
{
    private const string Program = "psql";

    // What a user has set for other servers would come before, or be added to, what this cluster needs.
    private static readonly string[] _unset = ["PGPASSFILE", "PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL", "PGSSLCRLDIR", "PGREQUIREPEER", "PGREQUIREAUTH"];

    /// <summary>Where psql is. Wrong use when it is not installed.</summary>
    public static string Find(string? searchPath) =>
        (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, Program)).FirstOrDefault(File.Exists)
        ?? throw new WrongUseException("psql is not installed on this machine: install PostgreSQL's client (Debian: postgresql-client), or connect with what \"agentctl postgres cluster connect\" prints");

    /// <summary>Runs it to its end and returns its exit code. A cancelled run ends it.</summary>
    public static async Task<int> RunAsync(string program, ConnectionTarget target, string caPem, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("agentctl-");
        try
        {
            var caFile = Path.Combine(directory.FullName, "ca.pem");
            await File.WriteAllTextAsync(caFile, caPem, cancellationToken);
            return await RunAsync(StartOf(program, target with { CaFile = caFile }, arguments), cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo StartOf(string program, ConnectionTarget target, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
        foreach (var name in _unset)
            start.Environment.Remove(name);
        foreach (var (name, value) in LibpqVariables.Of(target))
            start.Environment[name] = value;
        return start;
    }

    private static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        // Ctrl-C ends a query and not psql, and so not us either.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var process = Process.Start(start)!;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            process.Kill();
        });
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
