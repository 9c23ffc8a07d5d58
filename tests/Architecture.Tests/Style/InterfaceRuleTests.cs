using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Style;

/// <summary>No interface without a choice, in the repository and in planted samples.</summary>
public sealed class InterfaceRuleTests
{
    /// <summary>The product keeps to it.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(InterfaceRule.Violations([.. Repository.Code]));

    /// <summary>One implementation is found; another of the product, or a fake, makes it a choice.</summary>
    [Theory]
    [InlineData("class A : IA;", "", 1)]
    [InlineData("class A : IA; class B : Base, App.IA;", "", 0)]
    [InlineData("class A : IA;", "class FakeA : IA;", 0)]
    [InlineData("", "class FakeA : IA;", 1)]
    public void Violations_Planted_AreFound(string product, string tests, int count) => Assert.Equal(
        count, InterfaceRule.Violations([new("src/App/IA.cs", "interface IA;"), new("src/App/A.cs", product), new("tests/App.Tests/A.cs", tests)]).Count());

    /// <summary>An exception goes when there is a second one.</summary>
    [Fact]
    public void Violations_ExceptionWithAChoice_IsFound() =>
        Assert.Single(InterfaceRule.Violations([new("src/App/IEngine.cs", "interface IEngine; class A : IEngine; class B : IEngine;")]));
}
