using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Join tokens as a table.</summary>
internal static class TokenTable
{
    /// <summary>Writes the tokens.</summary>
    public static void Write(Screen screen, IReadOnlyList<JoinToken> tokens, DateTimeOffset now)
    {
        if (tokens.Count == 0)
        {
            screen.Hint("there are no join tokens");
            return;
        }
        var table = TableOf.Columns("ID", "PROJECT", ">USES", "EXPIRES", "LABELS", "CREATED BY");
        foreach (var token in tokens)
        {
            table.AddRow(
                Cell.Of(token.Id),
                Cell.Of(token.Project),
                Cell.Of(Text.Invariant($"{token.Uses}/{token.MaxUses}")),
                Cell.Of(ExpiryOf(token, now)),
                Cell.Of(LabelText.Show(token.Labels)),
                Cell.Of(token.CreatedBy));
        }
        screen.Write(table);
    }

    private static string ExpiryOf(JoinToken token, DateTimeOffset now) => token.ExpiresAt switch
    {
        null => "",
        { } expiry when expiry <= now => "expired",
        { } expiry => $"in {Span.ShowAge(expiry - now)}",
    };
}
