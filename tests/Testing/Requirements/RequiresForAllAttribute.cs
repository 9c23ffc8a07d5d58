namespace Agents.Testing.Requirements;

/// <summary>What all tests of a class need that are <see cref="ContractFactAttribute"/>s, those that it inherits included.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresForAllAttribute(Requirement requirement) : Attribute
{
    /// <summary>What they need.</summary>
    public Requirement Requirement { get; } = requirement;
}
