using System.Net.Security;
using Agents.Controller.Enrollment;
using Agents.Protocol.Link;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Agents.Controller.Links;

/// <summary>
/// The agents' port: TLS 1.3 with our own certificate, client certificates asked for and not required. A connection that negotiated the link's ALPN name is handed to the
/// registry; all others go on as HTTP/2.
/// </summary>
internal static class AgentPort
{
    /// <summary>Makes an endpoint of Kestrel the agents' port.</summary>
    public static void UseAgentPort(this ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        var authority = services.GetRequiredService<CertificateAuthority>();
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(Prepare);
        listen.UseHttps(https => ConfigureTls(https, authority));
        listen.Use(next => connection => IsLink(connection) ? RunLinkAsync(services, connection) : next(connection));
    }

    private static ConnectionDelegate Prepare(ConnectionDelegate next) => connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            TcpOptions.ApplyTo(socket);
        connection.Features.Set<IAgentPortFeature>(AgentPortFeature.Instance);
        return next(connection);
    };

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
