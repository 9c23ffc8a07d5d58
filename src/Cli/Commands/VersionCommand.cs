using System.CommandLine;
using Agents.Cli.Output;

namespace Agents.Cli.Commands;

/// <summary><c>agentctl version</c>: which version this is. It needs no server.</summary>
internal static class VersionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliEnvironment environment, GlobalOptions options)
    {
        var command = new Command("version", "Print the version of agentctl");
        command.SetAction(parse =>
        {
            var isJson = parse.GetValue(options.Output) == OutputFormat.Json;
            environment.Out.WriteLine(isJson ? $$"""{ "version": "{{CliVersion.Text}}" }""" : $"agentctl {CliVersion.Text}");
            return ExitCodes.Done;
        });
        return command;
    }
}
