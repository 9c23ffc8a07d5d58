using System.CommandLine;
using Agents.Cli.Api;
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
        var role = Options.Text("--role", "The role (the application's when not given)", "ROLE");
        var readOnly = Options.Flag("--read-only", "The endpoints that may only be read, which the replicas serve");
        var caFile = Options.Text("--ca-file", "Write the cluster's certificate authority to this file, and check the servers' certificates against it", "FILE");
        var command = new Command("connect", "Print a connection string with the password") { name, format, role, readOnly, caFile };

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var path = PostgresCommands.PathOf(parse.GetRequiredValue(name));
            var credentials = await session.Api.GetAsync(
                Paths.With($"{path}/credentials", ("project", session.Project), ("role", parse.GetValue(role))), ModelJson.Default.Credentials, cancellationToken);
            var file = await SaveAuthorityAsync(parse.GetValue(caFile), credentials.Value, cancellationToken);
            if (session.Format == OutputFormat.Json)
                return session.Show(credentials, _ => { });

            var cluster = await session.Api.GetAsync(session.WithProject(path), ModelJson.Default.Cluster, cancellationToken);
            var target = TargetOf(cluster.Value, credentials.Value, !parse.GetValue(readOnly), file);
            session.Screen.Line(Text.PlainLines(ConnectionFormats.Write(parse.GetValue(format)!, target)));
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

    private static ConnectionTarget TargetOf(Cluster cluster, Credentials credentials, bool isReadWrite, string? caFile)
    {
        if (credentials.Database.Length == 0)
            throw new WrongUseException($"\"{credentials.Role}\" is no role of PostgreSQL, so there is no connection string: use --output json to see its password");
        var wanted = isReadWrite ? Endpoint.ReadWrite : Endpoint.ReadOnly;
        var endpoints = cluster.Status.Endpoints.Where(endpoint => endpoint.Role == wanted).ToList();
        return endpoints.Count == 0
            ? throw new WrongUseException($"the cluster {cluster.Name} has no endpoints yet (it is {cluster.Status.Phase}): try again when it runs")
            : new ConnectionTarget
            {
                Endpoints = endpoints,
                Database = credentials.Database,
                User = credentials.Role,
                Password = credentials.Password,
                IsReadWrite = isReadWrite,
                CaFile = caFile,
            };
    }
}
