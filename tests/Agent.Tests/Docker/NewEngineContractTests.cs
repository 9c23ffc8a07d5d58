using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <summary>Engine 29 keeps the contract.</summary>
[Trait("Category", "Engine")]
[RequiresForAll(Requirement.Engine29)]
public sealed class NewEngineContractTests(NewEngine engine) : DockerContract, IClassFixture<NewEngine>
{
    /// <inheritdoc/>
    internal override EngineUnderTest Connect() => EngineUnderTest.At(engine.Socket);
}
