using System.Net;
using System.Net.Sockets;

namespace Agents.Testing.Engines;

/// <summary>A Docker network of a test's own. Its gateway stands for the host's cluster address: ports are published there, and members reach each other there.</summary>
internal sealed class EngineNetwork
{
    private EngineNetwork(string name, string address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The address at which ports are published.</summary>
    public string Address { get; }

    /// <summary>Makes the network.</summary>
    public static async Task<EngineNetwork> CreateAsync()
    {
        var name = $"agents-test-{Guid.NewGuid():N}";
        await DockerCommand.RunAsync("network", "create", name);
        return new EngineNetwork(name, await DockerCommand.RunAsync("network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", name));
    }

    /// <summary>Ports that nothing listens at now, by name.</summary>
    public Dictionary<string, int> FreePorts(params IEnumerable<string> names)
    {
        var listeners = new Dictionary<string, TcpListener>();
        foreach (var name in names)
        {
            var listener = new TcpListener(IPAddress.Parse(Address), 0);
            listener.Start();
            listeners[name] = listener;
        }
        var ports = listeners.ToDictionary(listener => listener.Key, listener => ((IPEndPoint)listener.Value.LocalEndpoint).Port);
        foreach (var listener in listeners.Values)
            listener.Dispose();
        return ports;
    }

    /// <summary>Removes it.</summary>
    public Task RemoveAsync() => DockerCommand.RunAsync("network", "rm", Name);
}
