using System.Net;
using Agents.Agent.Identity;

namespace Agents.Agent.Configuration;

/// <summary>The validated configuration of one agent process. Immutable.</summary>
/// <param name="Controller">Where the controller listens for agents; null without a link.</param>
/// <param name="JoinToken">The join token; empty where none is given. Never logged.</param>
/// <param name="Name">The host's name in the fleet.</param>
/// <param name="ClusterAddress">The address that cluster peers use.</param>
/// <param name="ClientAddress">The address that applications use.</param>
/// <param name="Ports">The ports that containers may publish.</param>
/// <param name="NetworkPool">The range that cluster networks are cut from.</param>
/// <param name="DataDirectory">Where the agent keeps its records.</param>
/// <param name="DockerSocket">The engine's socket.</param>
/// <param name="LocalSocket">The agent's own socket.</param>
/// <param name="PolicyFile">The host's policy.</param>
/// <param name="LogLevel">The least level that is logged.</param>
internal sealed record AgentSettings(
    ControllerAddress? Controller, string JoinToken, string Name, IPAddress ClusterAddress, IPAddress ClientAddress, PortRange Ports, IPNetwork NetworkPool,
    string DataDirectory, string DockerSocket, string LocalSocket, string PolicyFile, LogLevel LogLevel)
{
    /// <summary>Whether an address is one that containers may publish on.</summary>
    public bool IsOwnAddress(IPAddress address) => address.Equals(ClusterAddress) || address.Equals(ClientAddress);

    /// <summary>Where the host's identity is kept.</summary>
    public string IdentityDirectory => Path.Combine(DataDirectory, "identity");

    /// <inheritdoc/>
    public override string ToString() => $"AgentSettings {{ Name = {Name} }}";
}
