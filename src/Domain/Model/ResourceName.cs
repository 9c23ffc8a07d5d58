namespace Agents.Domain.Model;

/// <summary>
/// The rule for names of resources: a DNS label, so that it can stand in host names, container labels and file names, and not an id, since wherever one is asked for the other will do.
/// </summary>
public static class ResourceName
{
    /// <summary>The longest name. Engine member names add a suffix and must stay DNS labels too.</summary>
    public const int LengthMax = 40;

    /// <summary>Whether a name is a DNS label of at most <see cref="LengthMax"/> characters and no id.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= LengthMax }
        && char.IsAsciiLetterLower(name[0])
        && (char.IsAsciiLetterLower(name[^1]) || char.IsAsciiDigit(name[^1]))
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && !Guid.TryParseExact(name, "D", out _);

    /// <summary>What a name must be, for error messages.</summary>
    public const string Rule = "use a DNS label: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen; an id is no name";
}
