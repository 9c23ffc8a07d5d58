namespace Agents.Agent.Tests.Docker;

/// <summary>The fake keeps the contract.</summary>
public sealed class FakeDockerContractTests : DockerContract
{
    private readonly EngineUnderTest _engine = EngineUnderTest.Fake();

    /// <inheritdoc/>
    internal override EngineUnderTest Connect() => _engine;
}
