using System.ComponentModel;

namespace Agents.Agent.Configuration;

/// <summary>
/// What the administrator of a host writes, as it stands in the file (default /etc/agents/agent.json), in the environment (AGENTS_AGENT__CLUSTER_ADDRESS)
/// and on the command line (--cluster-address). Nothing else reads these texts: the rest of the agent is given <see cref="AgentSettings"/>.
/// </summary>
internal sealed class AgentOptions
{
    /// <summary>Where the controller listens for agents, as "controller.example:7443". Empty: no link, only the local socket.</summary>
    [ConfigurationKeyName("controller_address")]
    public string ControllerAddress { get; set; } = "";

    /// <summary>The join token; needed once, to enrol. Better given as a file, and never on a command line.</summary>
    [ConfigurationKeyName("join_token")]
    [PasswordPropertyText(true)]
    public string JoinToken { get; set; } = "";

    /// <summary>A file that holds the join token.</summary>
    [ConfigurationKeyName("join_token_file")]
    public string JoinTokenFile { get; set; } = "";

    /// <summary>The host's name in the fleet; the machine's own when empty.</summary>
    [ConfigurationKeyName("name")]
    public string Name { get; set; } = "";

    /// <summary>The address of this host that cluster peers use; found by itself where the host has only one.</summary>
    [ConfigurationKeyName("cluster_address")]
    public string ClusterAddress { get; set; } = "";

    /// <summary>The address of this host that applications use; the cluster address when empty.</summary>
    [ConfigurationKeyName("client_address")]
    public string ClientAddress { get; set; } = "";

    /// <summary>The ports that containers may publish, as "20000-20999".</summary>
    [ConfigurationKeyName("port_range")]
    public string PortRange { get; set; } = "20000-20999";

    /// <summary>The range that cluster networks are cut from; outside of the engine's own pools (172.17.0.0/12 and 192.168.0.0/16).</summary>
    [ConfigurationKeyName("network_pool")]
    public string NetworkPool { get; set; } = "10.210.0.0/16";

    /// <summary>Where the agent keeps its records.</summary>
    [ConfigurationKeyName("data_directory")]
    public string DataDirectory { get; set; } = "/var/lib/agents-agent";

    /// <summary>The engine's socket.</summary>
    [ConfigurationKeyName("docker_socket")]
    public string DockerSocket { get; set; } = "/var/run/docker.sock";

    /// <summary>The agent's own socket for root on this host.</summary>
    [ConfigurationKeyName("local_socket")]
    public string LocalSocket { get; set; } = "/run/agents/agent.sock";

    /// <summary>The host's policy; the built-in one when the file does not exist.</summary>
    [ConfigurationKeyName("policy_file")]
    public string PolicyFile { get; set; } = "/etc/agents/policy.json";

    /// <summary>The least level that is logged: "debug", "information", "warning" or "error".</summary>
    [ConfigurationKeyName("log_level")]
    public string LogLevel { get; set; } = "information";
}
