using System.Net;
using Agents.Agent.Configuration;
using Microsoft.Extensions.Logging;

namespace Agents.Agent.Tests;

/// <summary>Valid settings for tests.</summary>
internal static class TestSettings
{
    /// <summary>Settings whose files are all in one directory.</summary>
    public static AgentSettings Create(string directory) => new(
        Controller: null, JoinToken: "", Name: "h1", ClusterAddress: IPAddress.Loopback, ClientAddress: IPAddress.Loopback,
        Ports: new PortRange(27100, 27999), NetworkPool: IPNetwork.Parse("10.213.0.0/16"),
        DataDirectory: Path.Combine(directory, "data"), DockerSocket: "/var/run/docker.sock", LocalSocket: Path.Combine(directory, "agent.sock"),
        PolicyFile: Path.Combine(directory, "policy.json"), LogLevel: LogLevel.Warning);
}
