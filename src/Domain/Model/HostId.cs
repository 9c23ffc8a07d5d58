using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Agents.Domain.Model;

/// <summary>The identity of a host. Its text is a lower-case GUID with hyphens.</summary>
public readonly record struct HostId(Guid Value)
{
    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HostId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new HostId(value);
        return parsed;
    }

    /// <summary>Reads the text form that we wrote ourselves.</summary>
    public static HostId Parse(string text) => new(Guid.ParseExact(text, "D"));

    /// <summary>The text form.</summary>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}
