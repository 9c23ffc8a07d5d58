using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Agents.Protocol.Identity;

namespace Agents.Agent.Identity;

/// <summary>The TLS options of every dial to a controller: TLS 1.3, and a certificate of a controller of our authority. The system's authorities are never asked.</summary>
internal static class ControllerTls
{
    /// <summary>Options for an agent that has an identity.</summary>
    public static SslClientAuthenticationOptions For(AgentIdentity identity, SslApplicationProtocol protocol, TimeProvider timeProvider) => new()
    {
        TargetHost = "controller",
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [protocol],
        AllowTlsResume = false,
        ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, additionalCertificates: null, offline: true),
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 presented && IsController(presented, identity.Trusted, timeProvider) is { } name && name.ControllerId == identity.ControllerId,
    };

    /// <summary>Options for the first dial: the authority is the one whose hash the join token carries.</summary>
    public static SslClientAuthenticationOptions For(JoinToken token, SslApplicationProtocol protocol, TimeProvider timeProvider) => new()
    {
        TargetHost = "controller",
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [protocol],
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 presented && IsPinned(presented, token, timeProvider),
    };

    private static bool IsPinned(X509Certificate2 certificate, JoinToken token, TimeProvider timeProvider)
    {
        using var authority = PeerCertificates.PinnedAuthority(certificate, token.AuthoritySha256);
        return authority is not null && IsController(certificate, [authority], timeProvider) is not null;
    }

    private static PeerName? IsController(X509Certificate2 certificate, X509Certificate2Collection authorities, TimeProvider timeProvider) =>
        PeerCertificates.IsTrusted(certificate, authorities, PeerCertificates.ServerPurpose, timeProvider.GetUtcNow()) && PeerName.Of(certificate) is { IsController: true } name
            ? name
            : null;
}
