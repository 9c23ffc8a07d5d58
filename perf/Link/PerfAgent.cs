using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;

namespace Agents.Perf.Link;

/// <summary>The real agent as a process of its own, with its data in a directory that is removed at the end.</summary>
internal sealed class PerfAgent : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agents-perf-agent-").FullName;
    private Process? _process;

    private string SocketPath => Path.Combine(_directory, "agent.sock");

    private static string OwnAddress => NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address).First(address => !IPAddress.IsLoopback(address)).ToString();

    /// <summary>Starts an agent that enrols with a controller.</summary>
    public static async Task<PerfAgent> StartAsync(PerfController controller)
    {
        var agent = new PerfAgent();
        var token = Path.Combine(agent._directory, "token");
        await File.WriteAllTextAsync(token, await controller.NewTokenAsync());
        // The project beside this one, built with it.
        var assembly = Path.Combine(AppContext.BaseDirectory, "..", "..", "Agent", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Agents.Agent.dll");
        agent._process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                assembly, "--controller-address", controller.Address, "--join-token-file", token, "--data-directory", agent._directory, "--local-socket", agent.SocketPath,
                "--cluster-address", OwnAddress, "--name", "perf", "--log-level", "warning",
            },
            RedirectStandardOutput = true,
        });
        _ = agent._process!.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError());
        return agent;
    }

    /// <summary>A channel to its local socket.</summary>
    public GrpcChannel OpenLocalSocket() => GrpcChannel.ForAddress("http://local", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
