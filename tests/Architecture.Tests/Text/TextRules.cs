using System.Text.RegularExpressions;

namespace Agents.Architecture.Tests.Text;

/// <summary>What no text of the repository says: leftovers, and anything of the place where it was written.</summary>
internal static partial class TextRules
{
    private static readonly string[] MaySayShared = ["test", ".ci/run", "docs/testing.md", "docs/lab.md", "deploy/lab/", "tests/", "perf/"];

    /// <summary>What breaks the rules in a file.</summary>
    public static IEnumerable<string> Violations(string path, string text)
    {
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (Leftover().IsMatch(line))
                yield return $"{path}:{number + 1} leaves work for later: {line.Trim()}";
            if (Workplace().IsMatch(line))
                yield return $"{path}:{number + 1} speaks of the place where it was written: {line.Trim()}";
            if (Shared().IsMatch(line) && !MaySayShared.Any(allowed => path.StartsWith(allowed, StringComparison.Ordinal)))
                yield return $"{path}:{number + 1} needs what is not in the repository: {line.Trim()}";
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"(?<![\w.])/(work|farm)/|\b[Ii]ssue #?\d|api\.nuget\.org|\bartifactory\b|\b(this|last|next) sitting\b|\bhelper sessions?\b")]
    private static partial Regex Workplace();

    [GeneratedRegex(@"\.\./shared\b")]
    private static partial Regex Shared();
}
