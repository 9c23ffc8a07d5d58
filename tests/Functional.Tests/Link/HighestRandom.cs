namespace Agents.Functional.Tests.Link;

/// <summary>Always the end of the range.</summary>
internal sealed class HighestRandom : Random
{
    /// <inheritdoc/>
    public override double NextDouble() => 0.999999;
}
