namespace Agents.Agent.Containers;

/// <summary>Containers, networks, volumes and the files in them, on command.</summary>
internal static class ContainersFeature
{
    /// <summary>Registers the commands.</summary>
    public static IServiceCollection AddContainers(this IServiceCollection services) => services
        .AddSingleton(_ => ProcessLimits.Read())
        .AddSingleton<SpecificationRules>()
        .AddSingleton<ContainerReader>()
        .AddSingleton<ContainerCreator>()
        .AddSingleton<ContainerCommands>()
        .AddSingleton<NetworkCommands>()
        .AddSingleton<VolumeCommands>()
        .AddSingleton<VolumeFileWriter>();
}
