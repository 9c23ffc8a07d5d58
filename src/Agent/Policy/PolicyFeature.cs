using Agents.Agent.Configuration;
using Agents.Protocol.Configuration;

namespace Agents.Agent.Policy;

/// <summary>The host's own policy.</summary>
internal static class PolicyFeature
{
    /// <summary>Reads the policy and registers its gate. Throws <see cref="ConfigurationException"/>.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, AgentSettings settings) => services
        .AddSingleton(PolicyFile.Load(settings.PolicyFile))
        .AddSingleton<PolicyGate>();
}
