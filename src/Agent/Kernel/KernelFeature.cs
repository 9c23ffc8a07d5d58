namespace Agents.Agent.Kernel;

/// <summary>What is asked of the kernel itself: files, processes, cgroups and a clock that nobody can set.</summary>
internal static class KernelFeature
{
    /// <summary>Registers the real ones.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<AgentProcess>()
        .AddSingleton<IFileSystem, PosixFileSystem>()
        .AddSingleton<IBootClock>(_ => new KernelBootClock())
        .AddSingleton<IProcessTable>(_ => new KernelProcessTable());
}
