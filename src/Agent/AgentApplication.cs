using Agents.Agent.Configuration;
using Agents.Agent.Containers;
using Agents.Agent.Docker;
using Agents.Agent.Hosts;
using Agents.Agent.Images;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;
using Agents.Agent.LocalSocket;
using Agents.Agent.Observation;
using Agents.Agent.Policy;
using Agents.Agent.Services;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agents.Agent;

/// <summary>Composes an agent of its features.</summary>
internal static class AgentApplication
{
    /// <summary>An agent that is ready to run. Tests put fakes in place of its edges with <paramref name="replace"/>.</summary>
    public static WebApplication Build(AgentSettings settings, Action<IServiceCollection>? replace = null)
    {
        // The empty builder reads no files, variables and flags but our own, and serves on no ports but those that are asked for here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(settings.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => LocalSocketEndpoint.ListenOn(kestrel, settings.LocalSocket));
        builder.Services.AddRouting()
            .AddSingleton(settings)
            .AddKernel()
            .AddDocker()
            .AddObservation()
            .AddInstances()
            .AddPolicy(settings)
            .AddContainers()
            .AddImages()
            .AddHosts()
            .AddAgentServices();
        builder.Services.TryAddSingleton<IHostIdentity, UnenrolledHost>();
        replace?.Invoke(builder.Services);

        var application = builder.Build();
        application.MapAgentServices();
        application.Lifetime.ApplicationStarted.Register(() => LocalSocketEndpoint.Restrict(settings.LocalSocket));
        return application;
    }
}
