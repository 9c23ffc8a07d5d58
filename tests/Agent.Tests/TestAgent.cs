using System.Net.Sockets;
using Agents.Agent.Configuration;
using Agents.Agent.Docker;
using Agents.Agent.Images;
using Agents.Agent.Kernel;
using Agents.Agent.Postgres;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Agent.Tests;

/// <summary>A whole agent in this process, on its local socket, over the fake engine or a real one. Starting another with the same directory is a restart.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private TestAgent(WebApplication application, AgentSettings settings)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress("http://agent", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.LocalSocket), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        });
    }

    /// <summary>What serves.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>A channel to it.</summary>
    public GrpcChannel Channel => _channel;

    /// <summary>Its containers.</summary>
    public ContainerService.ContainerServiceClient Containers => new(_channel);

    /// <summary>Its instances.</summary>
    public InstanceService.InstanceServiceClient Instances => new(_channel);

    /// <summary>Its proxies.</summary>
    public ProxyService.ProxyServiceClient Proxies => new(_channel);

    /// <summary>Its host.</summary>
    public HostService.HostServiceClient Host => new(_channel);

    /// <summary>The deadline of every call.</summary>
    public static DateTime Deadline => DateTime.UtcNow + Waiting.Limit;

    /// <summary>Starts an agent over the engine of its settings.</summary>
    public static async Task<TestAgent> StartAsync(AgentSettings settings, Action<IServiceCollection>? replace = null)
    {
        var application = AgentApplication.Build(settings, replace);
        await application.StartAsync();
        return new TestAgent(application, settings);
    }

    /// <summary>Starts an agent over a fake engine and kernel.</summary>
    public static Task<TestAgent> StartAsync(AgentSettings settings, FakeDockerEngine engine, FakeKernel kernel, IImageSource? images = null, FakeServerProbe? probe = null) =>
        StartAsync(settings, services =>
        {
            services.AddSingleton<IDockerSystem>(engine).AddSingleton<IDockerContainers>(engine).AddSingleton<IDockerNetworks>(engine)
                .AddSingleton<IDockerVolumes>(engine).AddSingleton<IDockerImages>(engine).AddSingleton<IDockerEvents>(engine)
                .AddSingleton<IDockerArchives>(engine).AddSingleton<IBootClock>(kernel).AddSingleton<IProcessTable>(kernel).AddSingleton<IHostRoutes>(kernel)
                .AddSingleton<IServerProbe>(probe ?? new FakeServerProbe());
            if (images is not null)
                services.AddSingleton(images);
        });

    /// <summary>Waits until an instance is as expected.</summary>
    public async Task<Instance> UntilAsync(string instanceId, Func<Instance, bool> expected)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (true)
        {
            var instance = (await Instances.GetInstanceAsync(new GetInstanceRequest { InstanceId = instanceId }, deadline: Deadline)).Instance;
            if (expected(instance))
                return instance;
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"The instance stays {instance}");
            await Task.Delay(50);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
