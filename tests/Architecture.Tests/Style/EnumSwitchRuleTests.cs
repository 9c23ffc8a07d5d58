using Agents.Architecture.Tests.Sources;
using Agents.V1;

namespace Agents.Architecture.Tests.Style;

/// <summary>No switch over an enumeration has a default, in the repository and in planted samples.</summary>
public sealed class EnumSwitchRuleTests
{
    private const string Planted = "enum Kind { One, Two } ";

    /// <summary>The product has none.</summary>
    [Fact]
    public void Violations_Repository_AreNone()
    {
        var contract = typeof(CommandContext).Assembly.GetTypes().Where(type => type.IsEnum).Select(type => (type.Name, (IEnumerable<string>)Enum.GetNames(type)));
        var rule = new EnumSwitchRule(Repository.ProductCode, contract);

        Rules.AssertHolds(Repository.ProductCode.SelectMany(rule.Violations));
    }

    /// <summary>However it is written, it is found.</summary>
    [Theory]
    [InlineData("class A { int B(Kind k) => k switch { Kind.One => 1, _ => 2 }; }")]
    [InlineData("class A { int B(Kind k) => k switch { Kind.One or Kind.Two => 1, var other => 2 }; }")]
    [InlineData("class A { int B(Kind k) => k switch { V1.Kind.One when C => 1, (V1.Kind.Two) => 3, _ => 2 }; }")]
    [InlineData("class A { void B(Kind k) { switch (k) { case Kind.One: break; default: break; } } }")]
    [InlineData("class A { void B(Kind k) { switch (k) { case Kind.One or Kind.Two: break; default: break; } } }")]
    [InlineData("class A { void B(Kind k) { switch (k) { case Kind.One: break; } } }")]
    public void Violations_Planted_AreFound(string code) => Assert.Single(Check(code));

    /// <summary>A switch that lists all, or is over something else, is fine.</summary>
    [Theory]
    [InlineData("class A { int B(Kind k) => k switch { Kind.One => 1, Kind.Two => 2 }; }")]
    [InlineData("class A { int B(string s) => s switch { Words.One => 1, _ => 2 }; }")]
    [InlineData("class A { int B(object o) => o switch { C { K: Kind.One } => 1, _ => 2 }; }")]
    [InlineData("class A { void B(Kind k) { switch (k) { case Kind.One: break; case Kind.Two: break; } } }")]
    public void Violations_Harmless_AreNone(string code) => Assert.Empty(Check(code));

    private static List<string> Check(string code)
    {
        var file = new SourceFile("src/App/A.cs", Planted + code);
        return [.. new EnumSwitchRule([file], []).Violations(file)];
    }
}
