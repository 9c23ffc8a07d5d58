using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Makes a cluster's certificate authorities and the certificates of its instances: ECDSA P-256. The authorities are roots of their own, one for each thing that a certificate
/// can be good for, so that a key that was lost opens nothing but what it was made for: that of a proxy serves, and nothing believes it as a client's.
/// </summary>
internal static class ClusterCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan _backdate = TimeSpan.FromHours(1);
    private static readonly TimeSpan _life = TimeSpan.FromDays(3650);

    /// <summary>A new authority: certificate and key in one PEM text.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="purpose">Whose authority it is, as "servers".</param>
    /// <param name="now">The time.</param>
    public static string CreateAuthority(ClusterId cluster, string purpose, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=agents cluster {cluster} {purpose}", key, HashAlgorithmName.SHA256);
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

    /// <summary>A certificate of the authority of servers.</summary>
    public static KeyPair IssueServer(string authority, string member, ServerNames names, DateTimeOffset now) =>
        Issue(authority, $"CN={member}", Names(member, names), [ServerAuthentication], now);

    /// <summary>A certificate of the authority of clients.</summary>
    public static KeyPair IssueClient(string authority, string member, DateTimeOffset now) => Issue(authority, $"CN=client {member}", null, [ClientAuthentication], now);

    /// <summary>A certificate of the authority of etcd's members: each is the other's server and client.</summary>
    public static KeyPair IssuePeer(string authority, string member, ServerNames names, DateTimeOffset now) =>
        Issue(authority, $"CN=peer {member}", Names(member, names), [ServerAuthentication, ClientAuthentication], now);

    private static X509Extension Names(string member, ServerNames names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Dns.Prepend(member).Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns).Distinct(StringComparer.OrdinalIgnoreCase))
            builder.AddDnsName(name);
        foreach (var address in names.Addresses.Append("127.0.0.1").Distinct(StringComparer.Ordinal))
            builder.AddIpAddress(IPAddress.Parse(address));
        return builder.Build();
    }

    private static KeyPair Issue(string authority, string subject, X509Extension? names, IEnumerable<string> usages, DateTimeOffset now)
    {
        using var issuer = X509Certificate2.CreateFromPem(authority, authority);
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
        return new KeyPair(Pem(certificate), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    /// <summary>What a server is reached as.</summary>
    /// <param name="Dns">Names; what is no DNS name is left out.</param>
    /// <param name="Addresses">Addresses.</param>
    internal sealed record ServerNames(IReadOnlyList<string> Dns, IReadOnlyList<string> Addresses);
}
