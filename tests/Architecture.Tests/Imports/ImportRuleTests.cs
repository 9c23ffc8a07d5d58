using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Imports;

/// <summary>Who imports whom, in the repository and in planted samples.</summary>
public sealed class ImportRuleTests
{
    private static readonly ImportTable Planted = ImportTable.Parse("""{"Domain": [], "App": ["*"], "App/Api": ["Domain/*", "App/Stores"], "App/Stores": ["Domain/*"], "App/Stores/Sqlite": []}""");

    /// <summary>The table of this repository.</summary>
    internal static ImportTable Table => ImportTable.Parse(Repository.Read("tests/Architecture.Tests/imports.json"));

    /// <summary>The repository keeps to its table.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(ImportRule.Violations([.. Repository.ProductCode], Table));

    /// <summary>Every way to import something that the table forbids is found.</summary>
    [Theory]
    [InlineData("using Agents.App.Stores.Sqlite;")]
    [InlineData("using static Agents.App.Stores.Sqlite.Table;")]
    [InlineData("using T = Agents.App.Stores.Sqlite.Table;")]
    [InlineData("class A : Agents.App.Stores.Sqlite.Table;")]
    [InlineData("class A { global::Agents.App.Stores.Sqlite.Table? T; }")]
    [InlineData("class A { object T = App.Stores.Sqlite.Table.Make(); }")]
    [InlineData("class A { Stores.Sqlite.Table? T; }")]
    [InlineData("global using Agents.Domain.Model;")]
    public void Violations_ForbiddenImport_IsFound(string code) => Assert.Single(Check("src/App/Api/A.cs", code));

    /// <summary>What the table allows, and what only looks like an import, is no violation.</summary>
    [Theory]
    [InlineData("using Agents.Domain.Model;")]
    [InlineData("using Agents.App.Stores;")]
    [InlineData("using System.Text;")]
    [InlineData("// Agents.App.Stores.Sqlite.Table\nclass A { string T = \"Agents.App.Stores.Sqlite.Table\"; }")]
    [InlineData("class A { object T = Stores.Count; }")]
    public void Violations_AllowedImport_IsNone(string code) => Assert.Empty(Check("src/App/Api/A.cs", code));

    /// <summary>A folder that the table does not list is a violation by itself.</summary>
    [Fact]
    public void Violations_UnlistedFolder_IsFound() => Assert.Equal(["src/App/Other is not in the import table"], Check("src/App/Other/A.cs", "class A;"));

    private static List<string> Check(string path, string code) =>
    [
        .. ImportRule.Violations(
            [new SourceFile(path, code), new SourceFile("src/App/Stores/Sqlite/Table.cs", ""), new SourceFile("src/App/Stores/S.cs", ""), new SourceFile("src/Domain/Model/M.cs", "")],
            Planted),
    ];
}
