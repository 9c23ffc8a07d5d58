using System.CommandLine;
using Agents.Cli.Connections;

namespace Agents.Cli.Commands.Clusters;

/// <summary><c>agentctl postgres cluster psql NAME -- …</c>: opens psql, and ends with its exit code.</summary>
internal static class ClusterPsqlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var name = PostgresCommands.Name();
        var target = new TargetOptions();
        var arguments = new Argument<string[]>("ARGUMENTS") { Description = "psql's own arguments, after --", Arity = ArgumentArity.ZeroOrMore };
        var command = new ForegroundCommand("psql", "Open psql, with the password on no command line; ends with psql's exit code") { name, arguments };
        target.AddTo(command);

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var program = PsqlProcess.Find(session.Environment.Variable("PATH"));
            var path = PostgresCommands.PathOf(parse.GetRequiredValue(name));
            var credentials = (await target.ReadCredentialsAsync(session, parse, path, cancellationToken)).Value;
            var where = await target.ReadTargetAsync(session, parse, path, credentials, caFile: null, cancellationToken);
            return await PsqlProcess.RunAsync(program, where, credentials.CaPem, parse.GetValue(arguments) ?? [], cancellationToken);
        });
    }
}
