namespace Agents.Agent.Hosts;

/// <summary>The host itself: facts, events, ports.</summary>
internal static class HostsFeature
{
    /// <summary>Registers what shows the host.</summary>
    public static IServiceCollection AddHosts(this IServiceCollection services) => services
        .AddSingleton<IFirewall, IptablesFirewall>()
        .AddSingleton<FirewallWatch>()
        .AddSingleton<PortHolds>()
        .AddSingleton<HostFactsReader>()
        .AddSingleton<HostEvents>()
        .AddSingleton<HostSnapshotReader>();
}
