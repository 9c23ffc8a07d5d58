using Agents.Agent.Engines.Etcd;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Engines.Patroni;
using Agents.Agent.Instances;

namespace Agents.Agent.Engines;

/// <summary>The engines' own interfaces on this host.</summary>
internal static class EnginesFeature
{
    /// <summary>Registers connections and clients.</summary>
    public static IServiceCollection AddEngines(this IServiceCollection services) => services
        .AddSingleton<EngineConnections>()
        .AddSingleton<EtcdClient>()
        .AddSingleton<PatroniClient>()
        .AddSingleton<IHaproxyRuntime, HaproxyRuntime>()
        .AddSingleton<IReloader, ProxyReloader>();
}
