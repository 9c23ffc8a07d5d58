using Agents.Controller.Stores;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Stores;

/// <summary>The fake does what every store does.</summary>
public sealed class InMemoryStoreContractTests : StoreContract
{
    /// <inheritdoc/>
    internal override IStore Store { get; } = new InMemoryStore();
}
