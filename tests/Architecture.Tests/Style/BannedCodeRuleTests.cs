using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Style;

/// <summary>Names that code must not use, in the repository and in planted samples.</summary>
public sealed class BannedCodeRuleTests
{
    /// <summary>The product says none of them.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(Repository.ProductCode.SelectMany(BannedCodeRule.Violations));

    /// <summary>However it is written, it is found.</summary>
    [Theory]
    [InlineData("Agent/Docker", "class A { void B() => throw new NotImplementedException(); }")]
    [InlineData("Agent/Docker", "class A { void B() => throw new System.NotImplementedException(); }")]
    [InlineData("Agent/Docker", "class A { void B() => System.Threading.Thread.Sleep(1); }")]
    [InlineData("Controller/Links", "class A { object B => DateTimeOffset.UtcNow; }")]
    [InlineData("Controller/Links", "class A { void B() => Environment.Exit(1); }")]
    [InlineData("Controller/Loops", "class A { void B() => Task.Run(() => { }); }")]
    [InlineData("Controller/Execution/Steps", "class A { void B() => Parallel.For(0, 1, _ => { }); }")]
    [InlineData("Controller/Application", "class A { PeriodicTimer? B; }")]
    [InlineData("Controller/Loops", "class A { int B => Random.Shared.Next(); }")]
    public void Violations_Planted_AreFound(string folder, string code) => Assert.Single(BannedCodeRule.Violations(new SourceFile($"src/{folder}/A.cs", code)));

    /// <summary>Comments, texts and other folders are free.</summary>
    [Theory]
    [InlineData("Controller/Loops", "// Task.Run is not used here.\nclass A { string B = \"Thread.Sleep\"; }")]
    [InlineData("Agent/Link", "class A { void B() => Task.Run(() => { }); int C => Random.Shared.Next(); }")]
    [InlineData("Controller/Loops", "class A(TimeProvider time) { DateTimeOffset B => time.GetUtcNow(); }")]
    public void Violations_Harmless_AreNone(string folder, string code) => Assert.Empty(BannedCodeRule.Violations(new SourceFile($"src/{folder}/A.cs", code)));
}
