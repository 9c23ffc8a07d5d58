using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Agents.Domain.Kinds;

namespace Agents.Domain.Model;

/// <summary>
/// The identity of an instance: one-to-one with its container, its volumes and its name in the engine, and never used again.
/// Its text is a lower-case GUID with hyphens.
/// </summary>
public readonly record struct InstanceId(Guid Value)
{
    /// <summary>
    /// The id of the instance with this ordinal in this resource. Ordinals are never used twice, so neither are the ids; and planning twice gives the same ids,
    /// so that a create that stopped half-way meets its own containers again.
    /// </summary>
    public static InstanceId Derive(ResourceRef owner, InstanceKind kind, int ordinal)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{owner}/{KindProfile.Of(kind).Word}/{ordinal}");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // version 8: our own derivation
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new InstanceId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InstanceId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new InstanceId(value);
        return parsed;
    }

    /// <summary>Reads the text form that we wrote ourselves.</summary>
    public static InstanceId Parse(string text) => new(Guid.ParseExact(text, "D"));

    /// <summary>The text form.</summary>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}
