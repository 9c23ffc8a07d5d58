using System.CommandLine;
using Agents.Cli.Connections;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster connect NAME</c>: prints how to connect, with the password and all endpoints.</summary>
internal static class ClusterConnectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var format = new Option<string>("--format")
        {
            Description = "uri (libpq, psql), npgsql (.NET), jdbc (Java) or env (lines for a shell's eval)",
            HelpName = "uri|npgsql|jdbc|env",
            DefaultValueFactory = _ => ConnectionFormats.Default,
        };
        format.AcceptOnlyFromAmong(ConnectionFormats.Names);
        var target = new TargetOptions();
        var caFile = Options.Text("--ca-file", "Write the cluster's certificate authority to this file, and check the servers' certificates against it", "FILE");
        var command = new Command("connect", "Print a connection string with the password") { name, format, caFile };
        target.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var path = PostgresCommands.PathOf(parse.GetRequiredValue(name));
            var credentials = await target.ReadCredentialsAsync(session, parse, path, cancellationToken);
            var file = await SaveAuthorityAsync(parse.GetValue(caFile), credentials.Value, cancellationToken);
            if (session.Format == OutputFormat.Json)
                return session.Show(credentials, _ => { });

            var where = await target.ReadTargetAsync(session, parse, path, credentials.Value, file, cancellationToken);
            session.Screen.Line(Text.PlainLines(ConnectionFormats.Write(parse.GetValue(format)!, where)));
            return ExitCodes.Done;
        });
    }

    private static async Task<string?> SaveAuthorityAsync(string? file, Credentials credentials, CancellationToken cancellationToken)
    {
        if (file is null)
            return null;
        try
        {
            await File.WriteAllTextAsync(file, credentials.CaPem, cancellationToken);
            return Path.GetFullPath(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUseException($"--ca-file: {file} cannot be written ({exception.Message.TrimEnd('.')}): name another");
        }
    }
}
