namespace Agents.Agent.Hosts;

/// <summary>The host's packet filter, as far as Docker publishes ports with it. An edge: the real one asks iptables.</summary>
internal interface IFirewall
{
    /// <summary>Whether packets to published ports are handed to Docker's rules; null where that cannot be found out.</summary>
    Task<bool?> HasDockerRulesAsync(CancellationToken cancellationToken);
}
