using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Connections;
using Agents.Cli.Model;

namespace Agents.Cli.Commands.Clusters;

/// <summary>The options that say as whom and where to connect to a cluster.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string?> _role = Options.Text("--role", "The role (the application's when not given)", "ROLE");
    private readonly Option<bool> _readOnly = Options.Flag("--read-only", "The endpoints that may only be read, which the replicas serve");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_role);
        command.Add(_readOnly);
    }

    /// <summary>Asks the server for the credentials.</summary>
    public Task<ApiReply<Credentials>> ReadCredentialsAsync(Session session, ParseResult parse, string path, CancellationToken cancellationToken) => session.Api.GetAsync(
        Paths.With($"{path}/credentials", ("project", session.Project), ("role", parse.GetValue(_role))), ModelJson.Default.Credentials, cancellationToken);

    /// <summary>Asks the server for the endpoints, and says how to connect to them.</summary>
    public async Task<ConnectionTarget> ReadTargetAsync(Session session, ParseResult parse, string path, Credentials credentials, string? caFile, CancellationToken cancellationToken)
    {
        if (credentials.Database.Length == 0)
            throw new WrongUseException($"\"{credentials.Role}\" is no role of PostgreSQL, so there is no connection string: use \"connect --output json\" to see its password");
        var cluster = (await session.Api.GetAsync(session.WithProject(path), ModelJson.Default.Cluster, cancellationToken)).Value;
        var isReadWrite = !parse.GetValue(_readOnly);
        var wanted = isReadWrite ? ClusterStatus.Endpoint.ReadWrite : ClusterStatus.Endpoint.ReadOnly;
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
