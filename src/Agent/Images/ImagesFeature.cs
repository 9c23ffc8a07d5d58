namespace Agents.Agent.Images;

/// <summary>The images of the host.</summary>
internal static class ImagesFeature
{
    /// <summary>Registers the commands; an <see cref="IImageSource"/> comes with the link.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services) => services.AddSingleton<ImageCommands>();
}
