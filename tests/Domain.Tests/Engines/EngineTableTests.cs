using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Domain.Tests.Engines;

/// <summary>What this version knows of engines.</summary>
public sealed class EngineTableTests
{
    [Fact]
    public void All_Words_AreDifferent() => Assert.Distinct(EngineTable.All.Select(engine => engine.Word));

    [Fact]
    public void Of_AnEngineThatIsNotThere_SaysSo()
    {
        Assert.Null(EngineTable.Find(Engine.PgAutoFailover));
        Assert.Contains("PgAutoFailover", Assert.Throws<NotSupportedException>(() => EngineTable.Of(Engine.PgAutoFailover)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartsOf_ASpec_AreWhatItAsksFor()
    {
        var spec = SpecDefaults.Apply(new PostgresClusterSpec { NodeCount = 5, ProxyCount = 2 }, hostCount: 5);

        var parts = EngineTable.Of(spec.Engine).PartsOf(spec);

        Assert.Equal([(InstanceKind.Postgres, 5), (InstanceKind.Etcd, 3), (InstanceKind.Haproxy, 2)], parts.Select(part => (part.Kind, part.Count)));
    }
}
