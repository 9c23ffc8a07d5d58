using Agents.Controller.Execution;

namespace Agents.Testing.Fleet;

/// <summary>Ports that a host holds for a probe.</summary>
internal sealed class FakeHeldPorts(FakeHost host, SimulatedProcess process, IReadOnlyList<PortCheck> results) : IHeldPorts
{
    /// <inheritdoc/>
    public IReadOnlyList<PortCheck> Results => results;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        host.HeldPorts.RemoveAll(held => held.Process == process);
        return ValueTask.CompletedTask;
    }
}
