using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Protocol.Identity;

/// <summary>Checks certificates against our own authorities, never against the system's.</summary>
public static class PeerCertificates
{
    /// <summary>The purpose of a controller's certificate.</summary>
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    /// <summary>The purpose of an agent's certificate.</summary>
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    /// <summary>How much earlier than it was signed a certificate begins, because clocks differ.</summary>
    public static TimeSpan Backdated { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The extension in which a controller's certificate carries its authority's certificate. .NET's TLS server leaves the root out of the chain that it sends, and a host that
    /// joins knows the root by its hash alone.
    /// </summary>
    public const string AuthorityExtension = "2.25.231584076315409183672340987126541983";

    /// <summary>Whether one of the authorities signed a certificate for a purpose, and it is valid now.</summary>
    public static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection authorities, string purpose, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Revocations are in the controller's store.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }

    /// <summary>The authority's certificate that a controller's certificate carries, when its hash is the expected one; else null. Proves nothing about the carrier yet.</summary>
    public static X509Certificate2? PinnedAuthority(X509Certificate2 certificate, ReadOnlySpan<byte> authoritySha256)
    {
        var carried = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AuthorityExtension)?.RawData;
        return carried is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(carried), authoritySha256)
            ? X509CertificateLoader.LoadCertificate(carried)
            : null;
    }
}
