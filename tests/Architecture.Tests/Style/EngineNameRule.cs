using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Agents.Architecture.Tests.Style;

/// <summary>
/// An engine is named in its own folders alone, and so is a kind: everybody else asks the engine's table or driver, and the kind's profile. What all engines share names none of them,
/// and no engine another. Comments may say them. What registers an engine, and what is at the border, where a name comes in or goes out, is excepted, with the reason.
/// </summary>
internal static class EngineNameRule
{
    private static readonly string[] _engines = ["patroni", "pgautofailover", "pg_auto_failover"];
    private static readonly string[] _names = [.. _engines, "etcd", "haproxy"];

    /// <summary>A folder below one of these is an engine's, or a program's that engines consist of.</summary>
    private static readonly string[] _roots = ["Domain/Engines/", "Controller/Execution/Engines/", "Agent/Engines/"];

    private static readonly Dictionary<string, string> _exceptions = new()
    {
        ["src/Domain/Model/Engine.cs"] = "declares them",
        ["src/Domain/Kinds/InstanceKind.cs"] = "declares the kinds",
        ["src/Domain/Kinds/KindProfile.cs"] = "the kinds' rows",
        ["src/Domain/Engines/EngineTable.cs"] = "registers the engine",
        ["src/Words/InstanceKinds.cs"] = "the kinds' words",
        ["src/Words/DataMarks.cs"] = "what each kind keeps",
        ["src/Words/PortNames.cs"] = "the ports' words",
        ["src/Protocol/ErrorReasons.cs"] = "a word of the contract",
        ["src/Protocol/Calls/MethodRoles.cs"] = "lists the services of the contract",
        ["src/Protocol/Capabilities.cs"] = "a word of the contract",
        ["src/Controller/Api/Mapping/SpecMapper.cs"] = "maps the contract's word",
        ["src/Controller/Execution/ExecutionFeature.cs"] = "registers the driver",
        ["src/Controller/Execution/GrpcAgents.cs"] = "gives the driver its services over the link",
        ["src/Agent/Engines/EngineInterface.cs"] = "the interfaces that agents speak to",
        ["src/Agent/Engines/EnginesFeature.cs"] = "registers the clients",
        ["src/Agent/Services/AgentServices.cs"] = "registers the services",
        ["src/Agent/Services/StatusMapping.cs"] = "maps their failures to the contract's words",
        ["src/Agent/Services/EtcdServiceEndpoint.cs"] = "serves the contract",
        ["src/Agent/Services/PatroniNodes.cs"] = "maps to the contract",
        ["src/Agent/Services/PatroniServiceEndpoint.cs"] = "serves the contract",
        ["src/Agent/Services/ProxyServiceEndpoint.cs"] = "serves the contract",
        ["src/Cli/Commands/Clusters/SpecOptions.cs"] = "says the contract's word",
    };

    /// <summary>What breaks the rule in a file.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        if (_exceptions.ContainsKey(file.Path) || file.Folder == "Contracts")
            return [];
        var own = OwnFolder(file.Folder);
        var names = own is null ? _names : [.. _engines.Where(engine => engine != own)];
        return from token in file.Syntax.DescendantTokens()
               where IsName(token, names) || (own is null && IsKind(token))
               select $"{file.Path} line {token.GetLocation().GetLineSpan().StartLinePosition.Line + 1} says {token.Text}: ask the engine's table or driver, or the kind's profile";
    }

    /// <summary>The exceptions that are of no use: no file, or a file that names nothing.</summary>
    public static IEnumerable<string> Unused(IReadOnlyCollection<SourceFile> files) =>
        from exception in _exceptions.Keys
        where !files.Any(file => file.Path == exception && file.Syntax.DescendantTokens().Any(token => IsName(token, _names) || IsKind(token)))
        select $"{exception} is excepted and names no engine";

    /// <summary>The engine's folder that a folder is, or is in; null where all engines share it.</summary>
    private static string? OwnFolder(string folder) =>
        _roots.FirstOrDefault(root => folder.StartsWith(root, StringComparison.Ordinal)) is { } root ? folder[root.Length..].Split('/')[0].ToLowerInvariant() : null;

    private static bool IsName(SyntaxToken token, string[] names) =>
        token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken
        && names.Any(name => token.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
        && token.GetPreviousToken().GetPreviousToken().Text != "ErrorReasons"; // A word of the contract, that comes from an agent.

    /// <summary>A member of the enumeration of kinds, or one row of the profiles.</summary>
    private static bool IsKind(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken)
        && token.Text is "Postgres" or "Etcd" or "Haproxy"
        && token.GetPreviousToken().IsKind(SyntaxKind.DotToken)
        && token.GetPreviousToken().GetPreviousToken().Text is "InstanceKind" or "KindProfile";
}
