using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Style;

/// <summary>Names that the product's code must not use. Comments and texts may say them.</summary>
internal static class BannedCodeRule
{
    private static readonly string[] Deterministic = ["Controller/Loops", "Controller/Execution", "Controller/Application", "Domain"];

    private static readonly BannedCode[] Bans =
    [
        new("NotImplementedException", "what is declared is done"),
        new("Thread.Sleep", "wait with Task.Delay(delay, timeProvider, cancellationToken)"),
        new("Environment.Exit", "return an exit code from the entry point"),
        new("Environment.FailFast", "throw, and let the owner decide"),
        new("DateTime.Now", "take the time from TimeProvider"),
        new("DateTime.UtcNow", "take the time from TimeProvider"),
        new("DateTimeOffset.Now", "take the time from TimeProvider"),
        new("DateTimeOffset.UtcNow", "take the time from TimeProvider"),
        new("GC.Collect", "the runtime decides"),
        new("Task.Run", "a turn is one chain of awaits: the simulation replays it", Deterministic),
        new("Task.Factory", "a turn is one chain of awaits: the simulation replays it", Deterministic),
        new("Parallel", "a turn is one chain of awaits: the simulation replays it", Deterministic),
        new("Timer", "only the pump waits for time", Deterministic),
        new("PeriodicTimer", "only the pump waits for time", Deterministic),
        new("Random.Shared", "take a seeded Random", Deterministic),
    ];

    /// <summary>What breaks the rule in a file.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        var bans = Bans.Where(ban => ban.HoldsFor(file.Folder)).ToDictionary(ban => ban.Name);
        return file.Syntax.DescendantNodes().Select(Said).Where(name => name is not null && bans.ContainsKey(name)).Distinct()
            .Select(name => $"{file.Path} says {name}: {bans[name!].Why}");
    }

    private static string? Said(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax member => $"{Last(member.Expression)}.{member.Name.Identifier.Text}",
        IdentifierNameSyntax name => name.Identifier.Text,
        _ => null,
    };

    private static string Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}
