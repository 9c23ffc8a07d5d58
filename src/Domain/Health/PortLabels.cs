using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Kinds;
using Agents.Words;

namespace Agents.Domain.Health;

/// <summary>The published ports that a container's labels name, as one short text, which is equal where they are. What no kind has is left out.</summary>
public static class PortLabels
{
    private static readonly ImmutableArray<string> _names = [.. KindProfile.All.SelectMany(kind => kind.Ports).Select(port => port.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The text, as "postgres=20000 rest=20001".</summary>
    /// <param name="find">The value of a label; null where there is none.</param>
    public static string Of(Func<string, string?> find) => string.Join(
        ' ', _names.Select(name => (Name: name, Value: find(ObjectLabels.PortPrefix + name))).Where(port => IsPort(port.Value)).Select(port => $"{port.Name}={port.Value}"));

    /// <summary>The ports by name.</summary>
    public static ImmutableSortedDictionary<string, int> Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(port => port.Split('=')).ToImmutableSortedDictionary(port => port[0], port => int.Parse(port[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static bool IsPort(string? value) => ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
}
