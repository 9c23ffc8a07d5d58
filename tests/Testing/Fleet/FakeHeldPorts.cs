using Agents.Controller.Execution;

namespace Agents.Testing.Fleet;

/// <summary>Ports that a host holds for a probe.</summary>
internal sealed class FakeHeldPorts(FakeHost host, string token, IReadOnlyList<PortCheck> results) : IHeldPorts
{
    /// <inheritdoc/>
    public IReadOnlyList<PortCheck> Results => results;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        host.HeldPorts.RemoveAll(held => held.Token == token);
        return ValueTask.CompletedTask;
    }
}
