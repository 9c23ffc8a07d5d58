using System.Net;
using System.Net.Security;
using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Protocol.Link;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Agents.Controller.Links;

/// <summary>
/// The agents' port: TLS 1.3 with our own certificate, client certificates asked for and not required. Who shows none that is good is a stranger, and may have little of it.
/// A connection that negotiated the link's ALPN name is handed to the registry; all others go on as HTTP/2.
/// </summary>
internal static class AgentPort
{
    /// <summary>Makes an endpoint of Kestrel the agents' port.</summary>
    public static void UseAgentPort(this ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        var authority = services.GetRequiredService<CertificateAuthority>();
        listen.Protocols = HttpProtocols.Http2;
        listen.UseDoor(Door.Agents);
        listen.Use(next => connection => CountAsync(services, connection, next));
        listen.UseHttps(https => ConfigureTls(https, authority));
        listen.Use(next => connection => KnowAsync(services, connection, next));
        listen.Use(next => connection => IsLink(connection) ? RunLinkAsync(services, connection) : next(connection));
    }

    /// <summary>Limits the calls of strangers, before anything is read of them. Put behind <see cref="DoorRouting.UseDoors"/>.</summary>
    public static void UseAgentPortLimits(this IApplicationBuilder application) => application.Use(async (context, next) =>
    {
        if (context.Features.Get<StrangerConnection>() is not { } stranger)
        {
            await next(context);
            return;
        }

        try
        {
            if (stranger.TryBeginCall())
                await next(context);
            else
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        finally
        {
            stranger.EndCall();
        }
    });

    private static async Task CountAsync(IServiceProvider services, ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            TcpOptions.ApplyTo(socket);
        var strangers = services.GetRequiredService<Strangers>();
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!strangers.TryEnter(address))
        {
            Log.TooManyStrangers(services.GetRequiredService<ILogger<Strangers>>(), address);
            connection.Abort(new ConnectionAbortedException("too many connections without a certificate"));
            return;
        }

        using var stranger = new StrangerConnection(connection, address, strangers, services.GetRequiredService<AgentPortLimits>(), services.GetRequiredService<TimeProvider>());
        connection.Features.Set(stranger);
        await next(connection);
    }

    /// <summary>An agent's certificate makes a connection no stranger's, and one that is cut when the host is.</summary>
    private static async Task KnowAsync(IServiceProvider services, ConnectionContext connection, ConnectionDelegate next)
    {
        var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        if (certificate is null || HostCertificates.ClaimOf(certificate) is not { } hostId)
        {
            await next(connection);
            return;
        }

        var connections = services.GetRequiredService<AgentConnections>();
        connections.Add(hostId, connection);
        var isAdmitted = false;
        try
        {
            // Not given up when the connection ends meanwhile: who comes after says that, in its own words.
            var verdict = await services.GetRequiredService<HostCertificates>().CheckAsync(certificate, CancellationToken.None);
            if (!verdict.IsRefused && (isAdmitted = connections.TryAdmit(hostId)))
                connection.Features.Get<StrangerConnection>()?.Know();
            else if (!verdict.IsRefused)
                Log.TooManyOfHost(services.GetRequiredService<ILogger<AgentConnections>>(), hostId, connection.RemoteEndPoint?.ToString() ?? "");
            await next(connection); // Whoever was refused is told by the method that it calls.
        }
        finally
        {
            if (isAdmitted)
                connections.Leave(hostId);
            connections.Remove(hostId, connection);
        }
    }

    private static void ConfigureTls(HttpsConnectionAdapterOptions https, CertificateAuthority authority)
    {
        https.SslProtocols = System.Security.Authentication.SslProtocols.Tls13;
        https.ServerCertificateSelector = (_, _) => authority.ControllerCertificate();
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (_, _, _) => true; // Judged after the handshake, where a refusal can be said.
        https.OnAuthenticate = (_, options) =>
        {
            options.AllowTlsResume = false; // A resumed session would not show the certificate again.
            options.AllowRenegotiation = false;
            options.ApplicationProtocols = [LinkProtocol.Alpn, .. options.ApplicationProtocols ?? []];
            options.EncryptionPolicy = EncryptionPolicy.RequireEncryption;
        };
    }

    private static bool IsLink(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>() is { } tls && tls.ApplicationProtocol.Span.SequenceEqual(LinkProtocol.Alpn.Protocol.Span);

    private static async Task RunLinkAsync(IServiceProvider services, ConnectionContext connection)
    {
        if (await services.GetRequiredService<LinkAdmission>().AdmitAsync(connection) is { } ticket)
            await services.GetRequiredService<LinkRegistry>().RunAsync(connection, ticket);
    }
}
