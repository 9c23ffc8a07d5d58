using Agents.Protocol.Configuration;

namespace Agents.Agent.Configuration;

/// <summary>Reads the configuration of an agent and checks it.</summary>
internal static class AgentConfiguration
{
    /// <summary>Where it is read from.</summary>
    public static ProgramConfiguration Source { get; } = ProgramConfiguration.Of<AgentOptions>("agent", "The agent of one Docker host.");

    /// <summary>The validated settings. Throws <see cref="ConfigurationException"/>, which names every key that is wrong.</summary>
    public static AgentSettings Load(ProgramArguments arguments, IHostAddresses addresses, string? machineName = null) =>
        new SettingsReader(addresses, machineName ?? Environment.MachineName).Read(Source.Read(arguments).Get<AgentOptions>() ?? new AgentOptions());
}
