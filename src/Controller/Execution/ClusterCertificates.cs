using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Makes a cluster's certificate authority and the certificates of its instances: ECDSA P-256. A server certificate may also be used as a client's, as engine members need
/// among themselves (and etcd's own gateway to itself).
/// </summary>
internal static class ClusterCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan _backdate = TimeSpan.FromHours(1);
    private static readonly TimeSpan _life = TimeSpan.FromDays(3650);

    /// <summary>A new authority: certificate and key in one PEM text.</summary>
    public static string CreateAuthority(ClusterId cluster, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=agents cluster {cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - _backdate, now + _life);
        return Pem(certificate) + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The certificate alone of an authority's PEM text.</summary>
    public static string CertificateOf(string authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority);
        return Pem(certificate);
    }

    /// <summary>The certificates of an instance.</summary>
    public static InstanceTls Issue(string authority, Instance instance, DateTimeOffset now)
    {
        using var issuer = X509Certificate2.CreateFromPem(authority, authority);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(instance.Member);
        foreach (var address in new[] { instance.ClusterAddress, instance.ClientAddress, "127.0.0.1" }.Distinct(StringComparer.Ordinal))
            names.AddIpAddress(IPAddress.Parse(address));

        var (serverCertificate, serverKey) = Issue(issuer, $"CN={instance.Member}", names.Build(), [ServerAuthentication, ClientAuthentication], now);
        var (clientCertificate, clientKey) = Issue(issuer, $"CN=agent of {instance.Member}", null, [ClientAuthentication], now);
        return new InstanceTls(serverCertificate, serverKey, clientCertificate, clientKey);
    }

    private static (string Certificate, string Key) Issue(X509Certificate2 issuer, string subject, X509Extension? names, IEnumerable<string> usages, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        if (names is not null)
            request.CertificateExtensions.Add(names);

        var notAfter = new DateTimeOffset(issuer.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        using var certificate = request.Create(issuer, now - _backdate < issuer.NotBefore ? issuer.NotBefore : now - _backdate, notAfter, RandomNumberGenerator.GetBytes(16));
        return (Pem(certificate), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";
}
