using Agents.Agent.Configuration;

namespace Agents.Agent.Images;

/// <summary>The images of the host.</summary>
internal static class ImagesFeature
{
    /// <summary>Registers the commands; an <see cref="IImageSource"/> comes with the link.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services) => services
        .AddSingleton(provider => new ArchiveDirectory(
            Path.Combine(provider.GetRequiredService<AgentSettings>().DataDirectory, "images"), path => new DriveInfo(path).AvailableFreeSpace, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ArchiveDirectory>>()))
        .AddHostedService(provider => provider.GetRequiredService<ArchiveDirectory>())
        .AddSingleton<ImageCommands>();
}
