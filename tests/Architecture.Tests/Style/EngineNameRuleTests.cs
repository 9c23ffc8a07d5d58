using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Style;

/// <summary>Nobody names an engine or a kind outside of its folders, in the repository and in planted samples.</summary>
public sealed class EngineNameRuleTests
{
    /// <summary>The product keeps to it.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(Repository.ProductCode.SelectMany(EngineNameRule.Violations));

    /// <summary>No exception stays when it is not needed any more.</summary>
    [Fact]
    public void Unused_Repository_AreNone() => Rules.AssertHolds(EngineNameRule.Unused([.. Repository.ProductCode]));

    /// <summary>However it is said, it is found.</summary>
    [Theory]
    [InlineData("class PatroniHelp;")]
    [InlineData("class A { string B = \"start etcd\"; }")]
    [InlineData("class A { string B(int c) => $\"{c} of haproxy\"; }")]
    [InlineData("class A { object B => Engine.PgAutoFailover; }")]
    [InlineData("class A { object B => InstanceKind.Postgres; }")]
    [InlineData("class A { object B => KindProfile.Postgres; }")]
    public void Violations_Planted_AreFound(string code) => Assert.Single(EngineNameRule.Violations(new SourceFile("src/Controller/Loops/A.cs", code)));

    /// <summary>What all engines share names none of them, and no engine another.</summary>
    [Theory]
    [InlineData("src/Domain/Engines/InstanceBlueprint.cs", "class A { object B => PatroniSteps.All; }")]
    [InlineData("src/Domain/Kinds/A.cs", "class A { object B => InstanceKind.Etcd; }")]
    [InlineData("src/Controller/Execution/Engines/EngineDrivers.cs", "class A { object B => Engine.Patroni; }")]
    [InlineData("src/Agent/Engines/EngineConnection.cs", "class A { string B = \"etcd\"; }")]
    [InlineData("src/Words/ObjectLabels.cs", "class A { string B = \"agents.patroni\"; }")]
    [InlineData("src/Cli/Output/A.cs", "class A { string B = \"patroni\"; }")]
    [InlineData("src/Domain/Engines/PgAutoFailover/A.cs", "class PgAutoFailoverThing { object B => PatroniSteps.All; }")]
    [InlineData("src/Controller/Execution/Engines/Patroni/A.cs", "class PatroniThing { object B => Engine.PgAutoFailover; }")]
    public void Violations_PlantedAmongEngines_AreFound(string path, string code) => Assert.Single(EngineNameRule.Violations(new SourceFile(path, code)));

    /// <summary>Comments, and the engine's own folders, are free.</summary>
    [Theory]
    [InlineData("src/Controller/Loops/A.cs", "// Patroni does it.\nclass A { int Postgres; }")]
    [InlineData("src/Domain/Engines/Patroni/A.cs", "class PatroniThing { object B => InstanceKind.Etcd; }")]
    [InlineData("src/Domain/Engines/PgAutoFailover/A.cs", "class PgAutoFailoverThing { object B => KindProfile.Haproxy; }")]
    [InlineData("src/Agent/Engines/Etcd/Wire/A.cs", "class EtcdThing;")]
    public void Violations_Harmless_AreNone(string path, string code) => Assert.Empty(EngineNameRule.Violations(new SourceFile(path, code)));
}
