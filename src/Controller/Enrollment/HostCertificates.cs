using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Protocol.Identity;
using Grpc.Core;

namespace Agents.Controller.Enrollment;

/// <summary>
/// Tells whose a client certificate is. The handshake lets every certificate pass, since a refusal there would only be a closed stream for the agent: all checks are here,
/// and each refusal has a reason.
/// </summary>
internal sealed class HostCertificates(IStore store, CertificateAuthority authority, TimeProvider timeProvider)
{
    /// <summary>The time of its end is not within a certificate's life.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    /// <summary>How long an expired certificate is still good for asking for a new one.</summary>
    public static TimeSpan ReattachLimit { get; } = TimeSpan.FromDays(90);

    /// <summary>Checks chain, name, time, key and revocation.</summary>
    public Task<CertificateVerdict> CheckAsync(X509Certificate2? certificate, CancellationToken cancellationToken) => CheckAsync(certificate, TimeSpan.Zero, cancellationToken);

    /// <summary>The same, for a certificate that may have expired a time ago.</summary>
    public async Task<CertificateVerdict> CheckAsync(X509Certificate2? certificate, TimeSpan expiredMax, CancellationToken cancellationToken)
    {
        if (certificate is null)
            return Refused(StatusCode.Unauthenticated, ErrorReasons.Unauthenticated, "this method needs an agent's client certificate");

        var now = timeProvider.GetUtcNow();
        var notAfter = new DateTimeOffset(certificate.NotAfter);
        var expired = notAfter < now;
        // The chain of an expired certificate is judged at its last moment: a stranger's must not be told from ours by the reason.
        if (!PeerCertificates.IsTrusted(certificate, authority.Trusted, PeerCertificates.ClientPurpose, expired ? notAfter - LastMoment : now)
            || PeerName.Of(certificate) is not { IsController: false } name || name.ControllerId != authority.ControllerId || !HostId.TryParse(name.HostId, out var hostId))
            return Refused(StatusCode.Unauthenticated, ErrorReasons.Unauthenticated, "the client certificate is not of this controller's authority");

        var identity = await store.ReadAsync(reader => reader.FindIdentity(hostId), cancellationToken);
        if (identity is null)
            return Refused(StatusCode.PermissionDenied, ErrorReasons.HostUnknown, $"host {hostId} is not known to this controller");
        if (identity.RevokedAt is { } revokedAt)
            return Refused(StatusCode.PermissionDenied, ErrorReasons.CertificateRevoked, $"the certificate of host {hostId} was revoked at {revokedAt:u}");
        if (!identity.Has(KeyHashOf(certificate)))
            return Refused(StatusCode.PermissionDenied, ErrorReasons.CertificateRevoked, $"the certificate of host {hostId} is of a key that was replaced");
        if (notAfter + expiredMax < now)
            return Refused(StatusCode.PermissionDenied, ErrorReasons.CertificateExpired, $"the certificate of host {hostId} expired at {notAfter:u}{(expiredMax > TimeSpan.Zero ? ": remove the host and enrol it again" : "")}");
        return new CertificateVerdict(identity, null);
    }

    /// <summary>The host that a certificate claims to speak for; null when it claims none. Proves nothing.</summary>
    public static HostId? ClaimOf(X509Certificate2 certificate) => PeerName.Of(certificate) is { IsController: false } name && HostId.TryParse(name.HostId, out var hostId) ? hostId : null;

    /// <summary>The hex SHA-256 of a certificate's key.</summary>
    public static string KeyHashOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private static CertificateVerdict Refused(StatusCode code, string reason, string message) => new(null, RpcErrors.Create(code, reason, message));
}
