using System.CommandLine;
using System.CommandLine.Parsing;

namespace Agents.Cli.Commands;

/// <summary>The options that several commands have, each made new for its command.</summary>
internal static class Options
{
    /// <summary>Reads text; false where it cannot be read.</summary>
    public delegate bool TryParse<T>(string text, out T value);

    /// <summary>A value with units.</summary>
    public static Option<T?> Value<T>(string name, string description, string helpName, TryParse<T> parse, string rule)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => ParseOne(result, name, parse, rule),
        };

    /// <summary>Labels: may be given several times.</summary>
    public static Option<string[]> Labels(string description) => Repeated("--label", description, "KEY=VALUE");

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Repeated(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Text that may be left out.</summary>
    public static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    /// <summary>A whole number that may be left out.</summary>
    public static Option<int?> Number(string name, string description) => new(name) { Description = description, HelpName = "N" };

    /// <summary>A flag.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>The request id.</summary>
    public static Option<string?> RequestId() => Text("--request-id", "Makes a repeated command the same one: it is carried out once", "ID");

    /// <summary>The reason for the record.</summary>
    public static Option<string?> Reason() => Text("--reason", "Why, for the record", "TEXT");

    private static T? ParseOne<T>(ArgumentResult result, string name, TryParse<T> parse, string rule)
        where T : struct
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (parse(text, out var value))
            return value;
        result.AddError($"{name}: \"{Cli.Text.Plain(text)}\" cannot be read: {rule}");
        return null;
    }
}
