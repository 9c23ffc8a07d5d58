using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Agents.Controller.Links;
using Microsoft.AspNetCore.Connections;

namespace Agents.Perf.Scale;

/// <summary>
/// The links of a controller to the agents of <see cref="FleetProcess"/>: real ones from the greeting on, each a connection with TLS of its own. Only that they are dialled from here is
/// not as it is.
/// </summary>
internal sealed class AgentLinks : IAsyncDisposable
{
    /// <summary>The boot id of all hosts.</summary>
    public const string BootId = "boot";

    /// <summary>The process id of all agents.</summary>
    public const string ProcessId = "process";

    private const int AtOnce = 8;

    private readonly Process _fleet;
    private readonly Uri _address;
    private readonly string _hash;

    private AgentLinks(Process fleet, string address, string hash) => (_fleet, _address, _hash) = (fleet, new Uri(address), hash);

    /// <summary>Starts the agents.</summary>
    public static async Task<AgentLinks> StartAsync(int hostCount, int clusterCount)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(AgentLinks).Assembly.Location, "fleet", $"{hostCount}", $"{clusterCount}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var fleet = Process.Start(start)!;
        return new AgentLinks(fleet, (await fleet.StandardOutput.ReadLineAsync())!, (await fleet.StandardOutput.ReadLineAsync())!);
    }

    /// <summary>Links all hosts, some at a time.</summary>
    public Task LinkAsync(IEnumerable<Host> hosts, LinkRegistry registry) =>
        Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (host, cancellationToken) => await LinkAsync(host, registry, cancellationToken));

    /// <summary>Tells the agents what happens.</summary>
    public void Tell(string what) => _fleet.StandardInput.WriteLine(what);

    /// <summary>How often each method was called.</summary>
    public async Task<Dictionary<string, long>> CallsAsync()
    {
        Tell("calls");
        var calls = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await _fleet.StandardOutput.ReadLineAsync() is { Length: > 0 } line)
            calls[line.Split(' ')[0]] = long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return calls;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _fleet.Kill(); // A thousand streams are open: it would take long to end by itself.
        await _fleet.WaitForExitAsync();
        _fleet.Dispose();
    }

    private async Task LinkAsync(Host host, LinkRegistry registry, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_address.Host, _address.Port, cancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "agent",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _hash,
            },
            cancellationToken);
        var transport = new Transport(PipeReader.Create(stream), PipeWriter.Create(stream));
        _ = registry.RunAsync(new DefaultConnectionContext(host.Name, transport, transport), new LinkTicket(host.Id, BootId, ProcessId, DateTimeOffset.MaxValue));
        while (!registry.TryGet(host.Id, out _))
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
