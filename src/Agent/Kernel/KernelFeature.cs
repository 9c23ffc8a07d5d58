namespace Agents.Agent.Kernel;

/// <summary>What is asked of the kernel itself: files, processes, cgroups and a clock that nobody can set.</summary>
internal static class KernelFeature
{
    /// <summary>Registers the real ones.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services, AgentProcess process, IBootClock clock) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(process)
        .AddSingleton(clock)
        .AddSingleton<IFileSystem, PosixFileSystem>()
        .AddSingleton<IHostRoutes, KernelHostRoutes>()
        .AddSingleton<IProcessTable>(_ => new KernelProcessTable());
}
