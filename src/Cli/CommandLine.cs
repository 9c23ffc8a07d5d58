using System.CommandLine;
using System.CommandLine.Invocation;
using Agents.Cli.Commands;
using Agents.Cli.Commands.Clusters;
using Agents.Cli.Commands.Controllers;
using Agents.Cli.Commands.Hosts;
using Agents.Cli.Commands.Operations;
using Agents.Cli.Commands.Tokens;
using Agents.Cli.Output;

namespace Agents.Cli;

/// <summary>The command line as a whole: the tree of commands, and the exit code.</summary>
internal sealed class CommandLine(CliEnvironment environment)
{
    // How long a command may take to say its last words after Ctrl-C.
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var parse = Root().Parse(arguments);
        if (parse.Action is ParseErrorAction)
            return Refuse(parse);
        var configuration = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = parse.CommandResult.Command is ForegroundCommand ? null : _lastWords,
        };
        return await parse.InvokeAsync(configuration, cancellationToken);
    }

    private int Refuse(ParseResult parse)
    {
        // A word that is no command is said to be just that, and not that a command is missing.
        var errors = parse.Errors.Select(error => error.Message.TrimEnd('.')).Distinct().ToList();
        if (parse.UnmatchedTokens.Count > 0)
            errors = [.. parse.UnmatchedTokens.Take(1).Select(word => $"\"{word}\" is nothing that is known here")];
        var screen = new Screen(environment);
        foreach (var error in errors)
            screen.Error(error);
        screen.Hint($"see: {PathOf(parse)} --help");
        return ExitCodes.WrongUse;
    }

    private RootCommand Root()
    {
        var options = new GlobalOptions();
        var runner = new CommandRunner(environment, new SessionFactory(environment, options));
        var root = new RootCommand($"agentctl: highly available PostgreSQL on Docker hosts, from the command line.\n\n{ExitCodes.Help}")
        {
            PostgresCommands.Create(runner),
            HostCommands.Create(runner),
            TokenCommands.Create(runner),
            OperationCommands.Create(runner),
            ControllerCommands.Create(runner),
            VersionCommand.Create(environment, options),
        };
        options.AddTo(root);
        return root;
    }

    private static string PathOf(ParseResult parse)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? result = parse.CommandResult; result is System.CommandLine.Parsing.CommandResult command; result = result.Parent)
            names.Insert(0, command.Command is RootCommand ? "agentctl" : command.Command.Name);
        return string.Join(' ', names);
    }
}
