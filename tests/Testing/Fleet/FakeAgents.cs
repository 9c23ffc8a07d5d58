using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Testing.Fleet;

/// <summary>The agents of a fleet as one controller process reaches them.</summary>
internal sealed class FakeAgents(FakeFleet fleet, SimulatedProcess process, IControllerIdentity identity) : IAgents, IPatroniAgents
{
    /// <summary>Whether the agents have linked to this process; they need a while to notice a new one.</summary>
    public bool AreLinked { get; set; } = true;

    /// <inheritdoc/>
    public IAgent? Find(HostId host) => FindAgent(host);

    /// <inheritdoc/>
    public IPatroniAgent? FindPatroni(HostId host) => FindAgent(host);

    private FakeAgent? FindAgent(HostId host) => AreLinked && fleet.Find(host) is { IsLinked: true } found ? new FakeAgent(fleet, found, process, identity) : null;
}
