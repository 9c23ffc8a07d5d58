using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Protocol.Identity;

namespace Agents.Controller.Enrollment;

/// <summary>Makes certificates of our form: ECDSA P-256, a random serial number, valid since an hour ago because clocks differ. Pure but for the random numbers.</summary>
internal static class CertificateIssuer
{
    private const int SerialBytes = 16;
    private static readonly TimeSpan AuthorityBackdated = TimeSpan.FromDays(1); // It must be older than all that it signs, also after a clock was set back.
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);

    /// <summary>How long the certificates of agents and controllers are good when nobody says.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(30);

    /// <summary>A new authority that signs itself.</summary>
    public static X509Certificate2 CreateAuthority(string controllerId, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=agents {controllerId}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - AuthorityBackdated, now + AuthorityLife);
    }

    /// <summary>A certificate by which an agent is known; the key stays on its host.</summary>
    public static X509Certificate2 IssueToHost(X509Certificate2 authority, PeerName name, PublicKey publicKey, DateTimeOffset now, TimeSpan? life = null) =>
        Sign(authority, Request(name, publicKey, PeerCertificates.ClientPurpose), now, life);

    /// <summary>A certificate with its key, by which a controller is known. It carries the authority's certificate for hosts that join.</summary>
    public static X509Certificate2 IssueToController(X509Certificate2 authority, PeerName name, DateTimeOffset now, TimeSpan? life = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, new PublicKey(key), PeerCertificates.ServerPurpose);
        request.CertificateExtensions.Add(new X509Extension(PeerCertificates.AuthorityExtension, authority.RawData, critical: false));
        using var certificate = Sign(authority, request, now, life);
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(PeerName name, PublicKey publicKey, string purpose)
    {
        var request = new CertificateRequest(new X500DistinguishedName(name.IsController ? "CN=controller" : $"CN={name.HostId}"), publicKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(name.ToUri());
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        return request;
    }

    private static X509Certificate2 Sign(X509Certificate2 authority, CertificateRequest request, DateTimeOffset now, TimeSpan? life)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40); // Positive, and never shorter than it looks.
        return request.Create(authority, now - PeerCertificates.Backdated, now + (life ?? Life), serial);
    }
}
