using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Testing.Fleet;
using Agents.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Perf.Scale;

/// <summary>
/// What calls of agents take of the caller's processor when they go over gRPC and TLS to another process, at the rate of a fleet at rest and spread over many connections: an
/// estimate of what the agents that are none save. Heartbeats and keep-alive pings of links are not in it.
/// </summary>
internal static class CallCost
{
    private const int ConnectionCount = 100;
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Answers as an agent does, until the input ends; prints its address and the hash of its certificate first.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var certificate = MakeCertificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            listener.UseHttps(certificate);
        }));
        builder.Services.AddGrpc();
        await using var application = builder.Build();
        application.MapGrpcService<Node>();
        await application.StartAsync();
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Console.WriteLine(certificate.GetCertHashString());
        await Console.In.ReadToEndAsync();
    }

    /// <summary>The share of a core that so many calls a second take of this process.</summary>
    public static async Task<double> MeasureAsync(double callsPerSecond, TimeSpan time)
    {
        using var agent = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(CallCost).Assembly.Location, "agent"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var (address, hash) = ((await agent.StandardOutput.ReadLineAsync())!, (await agent.StandardOutput.ReadLineAsync())!);
        var channels = Enumerable.Range(0, ConnectionCount).Select(_ => Connect(address, hash)).ToList();
        var agents = channels.Select(channel => new GrpcPatroniAgent(channel.CreateCallInvoker(), new FixedIdentity("store", 1))).ToList();
        await CallAsync(agents, callsPerSecond, time / 2); // Connected, and compiled.

        var (before, since) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        await CallAsync(agents, callsPerSecond, time);
        var taken = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / since.Elapsed.TotalSeconds;

        channels.ForEach(channel => channel.Dispose());
        agent.StandardInput.Close();
        await agent.WaitForExitAsync();
        return taken;
    }

    private static async Task CallAsync(IReadOnlyList<GrpcPatroniAgent> agents, double callsPerSecond, TimeSpan time)
    {
        var (since, made) = (Stopwatch.StartNew(), 0);
        while (since.Elapsed < time)
        {
            var due = (int)(since.Elapsed.TotalSeconds * callsPerSecond);
            await Task.WhenAll(Enumerable.Range(made, due - made).Select(number => agents[number % agents.Count].GetPatroniClusterAsync(new InstanceId(Guid.Empty), CancellationToken.None)));
            made = due;
            await Task.Delay(_tick);
        }
    }

    private static GrpcChannel Connect(string address, string hash) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == hash },
        },
    });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class Node : PatroniService.PatroniServiceBase
    {
        public override Task<GetClusterResponse> GetCluster(GetClusterRequest request, ServerCallContext context) => Task.FromResult(new GetClusterResponse
        {
            SelfIsLeader = true,
            Members = { Enumerable.Range(1, 3).Select(number => new PatroniMember { Name = $"orders-{number}", Role = number == 1 ? "leader" : "replica", State = number == 1 ? "running" : "streaming", Host = "10.0.0.1", Port = 20000, Timeline = 1, LagBytes = 0 }) },
            Replication = { Enumerable.Range(2, 2).Select(number => new ReplicationStats { ApplicationName = $"orders-{number}", State = "streaming", SyncState = "quorum" }) },
        });
    }
}
