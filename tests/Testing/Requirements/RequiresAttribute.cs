using Xunit;

namespace Agents.Testing.Requirements;

/// <summary>A test that is skipped, with the reason, where this machine lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresAttribute : FactAttribute
{
    /// <summary>Finds out what is missing.</summary>
    public RequiresAttribute(params Requirement[] requirements)
    {
        Requirements = requirements;
        Skip = requirements.Select(Surroundings.Missing).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>What the test needs.</summary>
    public IReadOnlyList<Requirement> Requirements { get; }
}
