using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Agents.Architecture.Tests.Style;

/// <summary>
/// An engine is named in its own folders alone, and so is a kind: everybody else asks the engine's table or driver, and the kind's profile. Comments may say them. What is at the
/// border, where a name comes in or goes out, is excepted, with the reason.
/// </summary>
internal static class EngineNameRule
{
    private static readonly string[] _names = ["patroni", "etcd", "haproxy", "pgautofailover", "pg_auto_failover"];
    private static readonly string[] _homes = ["Domain/Engines", "Domain/Kinds", "Controller/Execution/Engines", "Agent/Engines", "Words", "Contracts", "Cli"];

    private static readonly Dictionary<string, string> _exceptions = new()
    {
        ["src/Domain/Model/Engine.cs"] = "declares them",
        ["src/Protocol/ErrorReasons.cs"] = "a word of the contract",
        ["src/Protocol/Calls/MethodRoles.cs"] = "lists the services of the contract",
        ["src/Protocol/Capabilities.cs"] = "a word of the contract",
        ["src/Controller/Api/Mapping/SpecMapper.cs"] = "maps the contract's word",
        ["src/Controller/Execution/ExecutionFeature.cs"] = "registers the driver",
        ["src/Controller/Execution/GrpcAgents.cs"] = "gives the driver its services over the link",
        ["src/Agent/Services/AgentServices.cs"] = "registers the services",
        ["src/Agent/Services/StatusMapping.cs"] = "maps their failures to the contract's words",
        ["src/Agent/Services/EtcdServiceEndpoint.cs"] = "serves the contract",
        ["src/Agent/Services/PatroniNodes.cs"] = "maps to the contract",
        ["src/Agent/Services/PatroniServiceEndpoint.cs"] = "serves the contract",
    };

    /// <summary>What breaks the rule in a file.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        if (_exceptions.ContainsKey(file.Path) || _homes.Any(home => file.Folder == home || file.Folder.StartsWith(home + "/", StringComparison.Ordinal)))
            return [];
        return from token in file.Syntax.DescendantTokens()
               where IsName(token) || IsKind(token)
               select $"{file.Path} line {token.GetLocation().GetLineSpan().StartLinePosition.Line + 1} says {token.Text}: ask the engine's table or driver, or the kind's profile";
    }

    /// <summary>The exceptions that are of no use: no file, or a file that names nothing.</summary>
    public static IEnumerable<string> Unused(IReadOnlyCollection<SourceFile> files) =>
        from exception in _exceptions.Keys
        where !files.Any(file => file.Path == exception && file.Syntax.DescendantTokens().Any(IsName))
        select $"{exception} is excepted and names no engine";

    private static bool IsName(SyntaxToken token) =>
        token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken
        && _names.Any(name => token.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
        && token.GetPreviousToken().GetPreviousToken().Text != "ErrorReasons"; // A word of the contract, that comes from an agent.

    /// <summary>A member of the enumeration of kinds, or one row of the profiles.</summary>
    private static bool IsKind(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken)
        && token.Text is "Postgres" or "Etcd" or "Haproxy"
        && token.GetPreviousToken().IsKind(SyntaxKind.DotToken)
        && token.GetPreviousToken().GetPreviousToken().Text is "InstanceKind" or "KindProfile";
}
