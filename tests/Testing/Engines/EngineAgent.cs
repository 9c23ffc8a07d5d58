using System.Net;
using System.Net.Sockets;
using Agents.Agent;
using Agents.Agent.Configuration;
using Agents.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Agents.Testing.Engines;

/// <summary>A whole agent over the machine's Docker Engine, called through its local socket. It knows a cluster's containers by their labels, as in production.</summary>
internal sealed class EngineAgent : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private EngineAgent(TemporaryDirectory directory, WebApplication application, GrpcChannel channel)
    {
        _directory = directory;
        _application = application;
        _channel = channel;
        Psql = new PsqlService.PsqlServiceClient(channel);
        Etcd = new EtcdService.EtcdServiceClient(channel);
        Patroni = new PatroniService.PatroniServiceClient(channel);
    }

    /// <summary>Calls any of its services.</summary>
    public CallInvoker Invoker => _channel.CreateCallInvoker();

    /// <summary>Its SQL.</summary>
    public PsqlService.PsqlServiceClient Psql { get; }

    /// <summary>Its etcd members.</summary>
    public EtcdService.EtcdServiceClient Etcd { get; }

    /// <summary>Its Patroni nodes.</summary>
    public PatroniService.PatroniServiceClient Patroni { get; }

    /// <summary>Starts an agent whose cluster address is that of a network.</summary>
    public static async Task<EngineAgent> StartAsync(EngineNetwork network)
    {
        var directory = new TemporaryDirectory();
        var address = IPAddress.Parse(network.Address);
        var settings = new AgentSettings(
            null, "", "test", address, address, new PortRange(20000, 20999), IPNetwork.Parse("10.210.0.0/16"),
            directory.File("data"), "/var/run/docker.sock", directory.File("run/agent.sock"), directory.File("policy.json"), LogLevel.Warning);
        var application = AgentApplication.Build(settings);
        await application.StartAsync();
        return new EngineAgent(directory, application, Channel(settings.LocalSocket));
    }

    /// <summary>Who commands, about an instance.</summary>
    public static CommandContext Command(EngineContainer instance, long epoch = 1) => new()
    {
        ControllerId = "test",
        Ticket = new Ticket { Epoch = epoch, InstanceId = instance.InstanceId, Generation = 1 },
        InstanceId = instance.InstanceId,
        InstanceGeneration = 1,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
        _directory.Dispose();
    }

    private static GrpcChannel Channel(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return GrpcChannel.ForAddress("http://agent", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
