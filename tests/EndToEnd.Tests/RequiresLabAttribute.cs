namespace Agents.EndToEnd.Tests;

/// <summary>A test on the lab: skipped, with the reason, where `./test` found that none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresLabAttribute : FactAttribute
{
    /// <summary>Asks whether there can be a lab.</summary>
    public RequiresLabAttribute()
    {
        if (Environment.GetEnvironmentVariable("AGENTS_TEST_LAB_MISSING") is { Length: > 0 } reason)
            Skip = $"the lab cannot be made here: {reason}";
    }
}
