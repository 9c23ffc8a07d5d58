using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Protocol.Link;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Perf.Scale;

/// <summary>
/// The other process: all agents of a <see cref="World"/> behind one port, told from one another by the name that a link gives its host. Its processor is not the controller's. Prints its
/// address and the hash of its certificate, and then does what it is told, a line each: "die CLUSTER" (the primary's container ends, another node leads), "start CLUSTER" (it runs
/// again), "hand-over CLUSTER" (another node leads, and no container knows of it), "calls" (prints how often each method was called, and ends with an empty line).
/// </summary>
internal static class FleetProcess
{
    /// <summary>Serves until it is killed.</summary>
    public static async Task RunAsync(World world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var certificate = MakeCertificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, certificate));
        var calls = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var fleet = new FleetState(world);
        builder.Services.AddSingleton(world).AddSingleton(fleet).AddSingleton(calls);
        builder.Services.AddGrpc();
        await using var application = builder.Build();
        application.Use((context, next) =>
        {
            calls.AddOrUpdate(context.Request.Path.Value!.Split('/')[^1], 1, (_, count) => count + 1);
            return next(context);
        });
        application.MapGrpcService<HostAgent>();
        application.MapGrpcService<NodeAgent>();
        application.MapGrpcService<ProxyAgent>();
        await application.StartAsync();
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Console.WriteLine(certificate.GetCertHashString());
        while (await Console.In.ReadLineAsync() is { } line)
            Obey(line.Split(' '), fleet, calls);
    }

    private static void Obey(string[] words, FleetState fleet, ConcurrentDictionary<string, long> calls)
    {
        if (words is ["calls"])
        {
            foreach (var (method, count) in calls)
                Console.WriteLine($"{method} {count}");
            Console.WriteLine();
            return;
        }

        var cluster = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        switch (words[0])
        {
            case "die":
                fleet.Change(cluster, isRunning: false);
                fleet.HandOver(cluster);
                break;
            case "start":
                fleet.Change(cluster, isRunning: true);
                break;
            case "hand-over":
                fleet.HandOver(cluster);
                break;
        }
    }

    /// <summary>As an agent serves on its link.</summary>
    private static void Configure(KestrelServerOptions kestrel, X509Certificate2 certificate)
    {
        kestrel.AllowAlternateSchemes = true; // On a link TLS is below what the server knows of.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.InitialConnectionWindowSize = LinkProtocol.ConnectionWindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = LinkProtocol.StreamWindowBytes;
        kestrel.Limits.Http2.KeepAlivePingDelay = LinkProtocol.AgentPingDelay;
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(30); // This process is slower than any agent: it is a thousand of them.
        kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            listener.UseHttps(certificate);
        });
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
