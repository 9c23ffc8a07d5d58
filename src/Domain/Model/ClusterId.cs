using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Agents.Domain.Model;

/// <summary>The identity of a cluster. Its text is a lower-case GUID with hyphens.</summary>
public readonly record struct ClusterId(Guid Value)
{
    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ClusterId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new ClusterId(value);
        return parsed;
    }

    /// <summary>Reads the text form that we wrote ourselves.</summary>
    public static ClusterId Parse(string text) => new(Guid.ParseExact(text, "D"));

    /// <summary>The text form.</summary>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}
