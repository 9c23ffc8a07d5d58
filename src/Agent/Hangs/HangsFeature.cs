namespace Agents.Agent.Hangs;

/// <summary>Primaries that give no answer.</summary>
internal static class HangsFeature
{
    /// <summary>Registers the watch.</summary>
    public static IServiceCollection AddHangs(this IServiceCollection services) => services
        .AddSingleton<ContainerKiller>()
        .AddSingleton<HangWatch>()
        .AddHostedService(provider => provider.GetRequiredService<HangWatch>());
}
