namespace Agents.EndToEnd.Tests;

/// <summary>All tests on the stack, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StackCollection : ICollectionFixture<StackFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "stack";
}
