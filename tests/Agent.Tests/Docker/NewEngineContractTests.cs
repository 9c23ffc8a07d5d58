using Agents.Agent.Docker;
using Agents.Testing;
using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <summary>Engine 29 keeps the contract.</summary>
[Trait("Category", "Engine")]
[RequiresForAll(Requirement.Engine29)]
public sealed class NewEngineContractTests(NewEngine engine) : DockerContract, IClassFixture<NewEngine>
{
    /// <summary>An engine that is stopped by a signal still takes connections; it is told from a living one, and works on when it is let go.</summary>
    [ContractFact]
    public async Task Ping_EngineStoppedBySignal_IsUnreachable()
    {
        var client = Connect();
        await client.System.PingAsync(default).DefaultTimeout();

        await engine.SignalAsync("STOP");
        try
        {
            Assert.Equal(
                DockerFailure.Unreachable, (await Assert.ThrowsAsync<DockerException>(() => client.System.PingAsync(default)).DefaultTimeout()).Failure);
        }
        finally
        {
            await engine.SignalAsync("CONT");
        }

        await client.System.PingAsync(default).DefaultTimeout();
    }

    /// <inheritdoc/>
    internal override EngineUnderTest Connect() => EngineUnderTest.At(engine.Socket);
}
