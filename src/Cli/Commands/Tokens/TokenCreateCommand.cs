using System.CommandLine;
using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Tokens;

/// <summary><c>agentctl token create</c>: the token's text stands alone on the output, so that it can be piped; the server tells it this once.</summary>
internal static class TokenCreateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        var uses = Options.Number("--uses", "How many hosts may join with it (1 when not given)");
        var life = Options.Value<TimeSpan>("--ttl", "How long it is good, as 15m (the default) or 24h", "TIME", Span.TryParse, Span.Rule);
        var labels = Options.Labels("A label that hosts get; may be repeated");
        var requestId = Options.RequestId();
        var command = new Command("create", "Make a join token and print its text") { uses, life, labels, requestId };

        return runner.Bind(command, async (session, parse, cancellationToken) =>
        {
            var asked = new NewJoinToken
            {
                Project = session.Project,
                Labels = LabelText.Parse(parse.GetValue(labels) ?? [], "--label"),
                MaxUses = parse.GetValue(uses),
                TtlSeconds = parse.GetValue(life)?.TotalSeconds,
            };
            var reply = await session.Api.ChangeAsync(
                HttpMethod.Post,
                Paths.JoinTokens,
                ApiClient.BodyOf(asked, ModelJson.Default.NewJoinToken),
                Session.RequestIdOf(parse.GetValue(requestId)),
                ModelJson.Default.CreatedJoinToken,
                cancellationToken);
            if (reply.Value.Text.Length == 0 && session.Format == OutputFormat.Table)
                throw new WrongUseException($"the token {reply.Value.Token.Id} was made before with this request id, and its text is told only once: repeat without --request-id");
            return session.Show(reply, created => Write(session, created));
        });
    }

    private static void Write(Session session, CreatedJoinToken created)
    {
        var token = created.Token;
        session.Screen.Line(created.Text);
        session.Screen.Hint(Text.Invariant($"good for {Text.Count(token.MaxUses, "host")} until {When.At(token.ExpiresAt)}; it is shown only now: give it to the agent as its join token"));
    }
}
