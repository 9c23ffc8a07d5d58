using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Controllers;

/// <summary><c>agentctl controller confirm-restore</c>: asks a person once more; a program has to say <c>--yes</c>.</summary>
internal static class ControllerConfirmRestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var yes = Options.Flag("--yes", "Do not ask");
        var reason = Options.Reason();
        var command = new Command("confirm-restore", "Say that the store was restored on purpose from an older state, so that the controller acts again") { yes, reason };
        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            if (!parse.GetValue(yes))
                await ConfirmAsync(session, cancellationToken);
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                $"{Paths.Controller}/confirm-restore",
                ApiClient.BodyOf(new RestoreConfirmation { Reason = parse.GetValue(reason) }, ModelJson.Default.RestoreConfirmation),
                Session.RequestIdOf(null),
                ModelJson.Default.ControllerInfo,
                cancellationToken);
            return session.Show(reply, controller => ControllerText.Write(session.Screen, controller));
        });
    }

    private static async Task ConfirmAsync(Session session, CancellationToken cancellationToken)
    {
        if (!session.Environment.IsInputTerminal)
            throw new WrongUseException("nobody can be asked whether the restore is meant: say --yes");
        await session.Environment.Error.WriteAsync(
            "What happened since the store was saved is lost to it: clusters made since are left alone, and those deleted since are missing. Type \"restored\" to go on: ");
        var answer = await session.Environment.In.ReadLineAsync(cancellationToken);
        if (answer?.Trim() != "restored")
            throw new WrongUseException("nothing was confirmed");
    }
}
