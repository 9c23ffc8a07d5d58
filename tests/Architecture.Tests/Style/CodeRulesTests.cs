using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Style;

/// <summary>The layout of files, in the repository and in planted samples.</summary>
public sealed class CodeRulesTests
{
    /// <summary>One type per file.</summary>
    [Fact]
    public void TypeViolations_Repository_AreNone() => Rules.AssertHolds(Repository.Code.SelectMany(CodeRules.TypeViolations));

    /// <summary>Namespaces are folders.</summary>
    [Fact]
    public void NamespaceViolations_Repository_AreNone() => Rules.AssertHolds(Repository.Code.SelectMany(CodeRules.NamespaceViolations));

    /// <summary>Log messages are in <c>Log.cs</c>.</summary>
    [Fact]
    public void LogViolations_Repository_AreNone() => Rules.AssertHolds(Repository.ProductCode.SelectMany(CodeRules.LogViolations));

    /// <summary>Each log message has an event id of its own.</summary>
    [Fact]
    public void EventIdViolations_Repository_AreNone() => Rules.AssertHolds(CodeRules.EventIdViolations(Repository.ProductCode));

    /// <summary>Every type says what it is for.</summary>
    [Fact]
    public void DocumentationViolations_Repository_AreNone() => Rules.AssertHolds(Repository.ProductCode.SelectMany(CodeRules.DocumentationViolations));

    /// <summary>A second type, or another name, is found.</summary>
    [Theory]
    [InlineData("namespace N; class A; record B;")]
    [InlineData("namespace N; class A; delegate void B();")]
    [InlineData("class B;")]
    public void TypeViolations_Planted_AreFound(string code) => Assert.Single(CodeRules.TypeViolations(new SourceFile("src/X/A.cs", code)));

    /// <summary>Parts of one type may have files of their own.</summary>
    [Theory]
    [InlineData("A.Part.cs")]
    [InlineData("A.cs")]
    public void TypeViolations_OneType_AreNone(string name) => Assert.Empty(CodeRules.TypeViolations(new SourceFile($"src/X/{name}", "namespace N; class A { class Inner; }")));

    /// <summary>Another namespace is found, block or file-scoped.</summary>
    [Theory]
    [InlineData("namespace Agents.X;")]
    [InlineData("namespace Agents.Y.X { }")]
    public void NamespaceViolations_Planted_AreFound(string code) => Assert.Single(CodeRules.NamespaceViolations(new SourceFile("src/X/Y/A.cs", code)));

    /// <summary>The folder's path is right.</summary>
    [Fact]
    public void NamespaceViolations_FolderPath_AreNone() => Assert.Empty(CodeRules.NamespaceViolations(new SourceFile("src/X/Y/A.cs", "namespace Agents.X.Y;")));

    /// <summary>A log message elsewhere is found.</summary>
    [Fact]
    public void LogViolations_Planted_AreFound() =>
        Assert.Single(CodeRules.LogViolations(new SourceFile("src/X/A.cs", "static partial class A { [LoggerMessage(1, default, \"\")] static partial void B(); }")));

    /// <summary>An event id that is used again in the same program is found.</summary>
    [Fact]
    public void EventIdViolations_Planted_AreFound()
    {
        static SourceFile Log(string path) => new(path, "static partial class Log { [LoggerMessage(7, default, \"\")] static partial void B(); }");

        Assert.Single(CodeRules.EventIdViolations([Log("src/X/A/Log.cs"), Log("src/X/B/Log.cs"), Log("src/Y/A/Log.cs")]));
    }

    /// <summary>A type without a comment is found.</summary>
    [Fact]
    public void DocumentationViolations_Planted_AreFound() => Assert.Single(CodeRules.DocumentationViolations(new SourceFile("src/X/A.cs", "// not this\nclass A;")));
}
