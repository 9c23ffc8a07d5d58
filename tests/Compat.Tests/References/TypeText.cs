using System.Collections.Immutable;

namespace Agents.Compat.Tests.References;

/// <summary>
/// A type in a signature. <paramref name="Text"/> says everything that a runtime compares; <paramref name="Key"/> is the key of its
/// <see cref="TypeModel"/>, if it is a named type, and <paramref name="Arguments"/> are the texts of its type arguments.
/// </summary>
internal sealed record TypeText(string Text, string? Key, ImmutableArray<string> Arguments)
{
    /// <summary>A type without a name of its own, for example an array.</summary>
    public static TypeText Unnamed(string text) => new(text, null, []);
}
