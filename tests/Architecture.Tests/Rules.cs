namespace Agents.Architecture.Tests;

/// <summary>Fails a test with everything that breaks a rule, one line each.</summary>
internal static class Rules
{
    /// <summary>Nothing breaks the rule.</summary>
    public static void AssertHolds(IEnumerable<string> violations)
    {
        var found = violations.Order(StringComparer.Ordinal).ToList();
        if (found.Count > 0)
            Assert.Fail(string.Join('\n', found));
    }
}
