namespace Agents.Agent.Docker;

/// <summary>The client of the Docker Engine.</summary>
internal static class DockerFeature
{
    /// <summary>Registers one class per noun of the engine over one connection.</summary>
    public static IServiceCollection AddDocker(this IServiceCollection services) => services
        .AddSingleton<DockerConnection>()
        .AddSingleton<IDockerSystem, DockerSystem>()
        .AddSingleton<IDockerContainers, DockerContainers>()
        .AddSingleton<IDockerNetworks, DockerNetworks>()
        .AddSingleton<IDockerVolumes, DockerVolumes>()
        .AddSingleton<IDockerImages, DockerImages>()
        .AddSingleton<IDockerEvents, DockerEvents>()
        .AddSingleton<IDockerArchives, DockerArchives>();
}
