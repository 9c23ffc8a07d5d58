using Agents.Agent.Configuration;
using Agents.Agent.Containers;
using Agents.Agent.Docker;
using Agents.Agent.Engines;
using Agents.Agent.Hangs;
using Agents.Agent.Hosts;
using Agents.Agent.Identity;
using Agents.Agent.Images;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;
using Agents.Agent.Link;
using Agents.Agent.LocalSocket;
using Agents.Agent.Observation;
using Agents.Agent.Policy;
using Agents.Agent.Postgres;
using Agents.Agent.Services;
using Agents.Protocol.Logs;

namespace Agents.Agent;

/// <summary>Composes an agent of its features.</summary>
internal static class AgentApplication
{
    /// <summary>An agent that is ready to run. Tests put fakes in place of its edges with <paramref name="replace"/>.</summary>
    public static WebApplication Build(AgentSettings settings, Action<IServiceCollection>? replace = null)
    {
        // The empty builder reads no files, variables and flags but our own, and serves on no ports but those that are asked for here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var (process, clock) = (new AgentProcess(), new KernelBootClock());
        builder.Logging.AddPlainConsole(settings.LogLevel);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => LocalSocketEndpoint.ListenOn(kestrel, settings.LocalSocket));
        builder.Services.AddRouting()
            .AddSingleton(settings)
            .AddKernel(process, clock)
            .AddDocker()
            .AddObservation()
            .AddInstances()
            .AddPolicy(settings)
            .AddContainers()
            .AddImages()
            .AddHosts()
            .AddPostgres()
            .AddHangs()
            .AddEngines()
            .AddAgentServices();
        if (settings.Controller is { } controller)
            AddController(builder, controller, settings, new ProcessIdentity(clock.BootId, process.Id, AgentProcess.Version));
        replace?.Invoke(builder.Services);

        var application = builder.Build();
        application.MapAgentServices();
        application.Lifetime.ApplicationStarted.Register(() => LocalSocketEndpoint.Restrict(settings.LocalSocket));
        return application;
    }

    private static void AddController(WebApplicationBuilder builder, ControllerAddress controller, AgentSettings settings, ProcessIdentity process)
    {
        builder.Services
            .AddIdentity(new IdentityOptions
            {
                Controller = controller,
                JoinToken = settings.JoinToken.Length > 0 ? settings.JoinToken : null,
                Directory = settings.IdentityDirectory,
                Declaration = new HostDeclaration
                {
                    Name = settings.Name,
                    ClusterAddress = settings.ClusterAddress.ToString(),
                    ClientAddress = settings.ClientAddress.ToString(),
                    PortFirst = settings.Ports.First,
                    PortLast = settings.Ports.Last,
                    NetworkPool = settings.NetworkPool.ToString(),
                },
            })
            .AddLink(process)
            .AddSingleton<IImageSource, ControllerImageSource>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseLink(controller));
    }
}
