using Agents.Agent.Configuration;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>The durable records of instances, and what keeps the instances as they say.</summary>
internal static class InstancesFeature
{
    /// <summary>Registers records, commands and supervision.</summary>
    public static IServiceCollection AddInstances(this IServiceCollection services) => services
        .AddSingleton(provider => new InstanceStore(provider.GetRequiredService<IFileSystem>(), PathOf(provider, "instances")))
        .AddSingleton<InstanceTable>()
        .AddSingleton(provider => new NetworkStore(provider.GetRequiredService<IFileSystem>(), PathOf(provider, "networks")))
        .AddSingleton<NetworkTable>()
        .AddSingleton(provider => new ControllerTickets(provider.GetRequiredService<IFileSystem>(), PathOf(provider, ""), TicketsOf(provider)))
        .AddSingleton<CommandGate>()
        .AddSingleton<FenceClock>()
        .AddSingleton<RestartClock>()
        .AddSingleton<ProcessRecorder>()
        .AddSingleton<ExitProver>()
        .AddSingleton<InstanceReader>()
        .AddSingleton<DataCheck>()
        .AddSingleton<InstanceStarter>()
        .AddSingleton<InstanceCommands>()
        .AddSingleton<LocalInstances>()
        .AddSingleton<FreshCertificates>()
        .AddSingleton<InstanceSupervisor>()
        .AddHostedService(provider => provider.GetRequiredService<InstanceSupervisor>())
        .AddHostedService<TombstoneSweeper>();

    private static IEnumerable<ControllerTicket> TicketsOf(IServiceProvider provider) =>
        provider.GetRequiredService<InstanceTable>().Generations.Select(record => new ControllerTicket(record.ControllerId, record.Ticket))
            .Concat(provider.GetRequiredService<NetworkTable>().Records.Select(record => new ControllerTicket(record.ControllerId, record.Ticket)));

    private static string PathOf(IServiceProvider provider, string name) =>
        Path.Combine(provider.GetRequiredService<AgentSettings>().DataDirectory, name);
}
