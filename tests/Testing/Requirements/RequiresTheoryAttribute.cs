using Xunit;

namespace Agents.Testing.Requirements;

/// <summary>A theory that is skipped, with the reason, where this machine lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresTheoryAttribute : TheoryAttribute
{
    /// <summary>Finds out what is missing.</summary>
    public RequiresTheoryAttribute(params Requirement[] requirements)
    {
        Requirements = requirements;
        Skip = requirements.Select(Surroundings.Missing).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>What the test needs.</summary>
    public IReadOnlyList<Requirement> Requirements { get; }
}
