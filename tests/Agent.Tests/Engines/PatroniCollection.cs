using Agents.Testing.Engines;

namespace Agents.Agent.Tests.Engines;

/// <summary>The tests that share one real cluster. They run one after the other: some of them stop parts of it.</summary>
[CollectionDefinition(Name)]
public sealed class PatroniCollection : ICollectionFixture<PatroniFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Patroni";
}
