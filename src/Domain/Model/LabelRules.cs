namespace Agents.Domain.Model;

/// <summary>The rules for labels that users set on resources.</summary>
public static class LabelRules
{
    /// <summary>The largest number of labels of a resource.</summary>
    public const int CountMax = 64;

    private const int KeyLengthMax = 63;
    private const int ValueLengthMax = 255;

    /// <summary>What is wrong with labels, each with its path below <paramref name="path"/>.</summary>
    public static IEnumerable<Violation> Check(string path, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var count = 0;
        foreach (var (key, value) in labels)
        {
            if (++count == CountMax + 1)
                yield return new Violation(path, $"use at most {CountMax} labels");
            if (key.Length is 0 or > KeyLengthMax || !key.All(IsKeyCharacter))
                yield return new Violation($"{path}.{key}", $"a label's key has 1 to {KeyLengthMax} letters, digits, '.', '_', '-' or '/'");
            else if (key.StartsWith("agents.", StringComparison.Ordinal))
                yield return new Violation($"{path}.{key}", "keys that begin with \"agents.\" are our own: choose another");
            if (value.Length > ValueLengthMax || value.Any(char.IsControl))
                yield return new Violation($"{path}.{key}", $"a label's value has at most {ValueLengthMax} characters and no control characters");
        }
    }

    private static bool IsKeyCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/';
}
