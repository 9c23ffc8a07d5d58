using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <summary>This machine's own engine (Debian 12: 20.10) keeps the contract.</summary>
[Trait("Category", "Engine")]
[RequiresForAll(Requirement.Engine)]
public sealed class MachineEngineContractTests : DockerContract
{
    /// <inheritdoc/>
    internal override EngineUnderTest Connect() => EngineUnderTest.At("/var/run/docker.sock");
}
