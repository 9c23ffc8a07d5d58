using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Output;

namespace Agents.Cli.Commands;

/// <summary>Runs the commands that talk to the server, and turns whatever goes wrong into a sentence and an exit code.</summary>
internal sealed class CommandRunner(CliEnvironment environment, SessionFactory sessions)
{
    /// <summary>The surroundings.</summary>
    public CliEnvironment Environment => environment;

    /// <summary>Says what a command does.</summary>
    public Command Bind(Command command, Func<Session, ParseResult, CancellationToken, Task<int>> body)
    {
        command.SetAction((parse, cancellationToken) => RunAsync(parse, body, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, Func<Session, ParseResult, CancellationToken, Task<int>> body, CancellationToken cancellationToken)
    {
        var screen = new Screen(environment);
        try
        {
            using var session = sessions.Open(parse);
            try
            {
                return await body(session, parse, cancellationToken);
            }
            catch (ApiProblemException exception)
            {
                return ProblemText.Write(screen, exception, session.TokenOrigin);
            }
        }
        catch (WrongUseException exception)
        {
            screen.Error(exception.Message);
            return ExitCodes.WrongUse;
        }
        catch (ApiUnreachableException exception)
        {
            screen.Error(exception.Message);
            if (exception.RequestId is { } id)
                screen.Hint($"the change may have been made: repeat the command with --request-id {id}, and it is made once");
            return ExitCodes.Unreachable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Error("interrupted");
            return ExitCodes.Interrupted;
        }
    }
}
