using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Protocol.Identity;

namespace Agents.Controller.Enrollment;

/// <summary>
/// The controller's own certificate authority: made on first start, its key sealed in the store. All that are stored are trusted, so that an authority can be replaced
/// while hosts still have certificates of the old one; a new one signs once it is as old as a certificate can be, since by then every host that renews knows it. Safe for concurrent use.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _signer;
    private readonly string _controllerId;
    private readonly TimeSpan _life;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private X509Certificate2? _controllerCertificate;

    private CertificateAuthority(X509Certificate2 signer, X509Certificate2Collection trusted, string controllerId, TimeSpan life, TimeProvider timeProvider)
    {
        _signer = signer;
        _life = life;
        _controllerId = controllerId;
        _timeProvider = timeProvider;
        Trusted = trusted;
    }

    /// <summary>The store id, which is part of every name.</summary>
    public string ControllerId => _controllerId;

    /// <summary>The certificate that signs, DER.</summary>
    public ReadOnlyMemory<byte> Certificate => _signer.RawDataMemory;

    /// <summary>The certificates to trust.</summary>
    public X509Certificate2Collection Trusted { get; }

    /// <summary>The certificates to trust, in PEM form.</summary>
    public string TrustBundlePem => Trusted.ExportCertificatePems();

    /// <summary>Reads the authorities of the store; makes one where there is none. Of two controllers that start at once the first one's stays.</summary>
    /// <param name="store">The store.</param>
    /// <param name="secretBox">What its key is sealed with.</param>
    /// <param name="controllerId">The store id.</param>
    /// <param name="life">How long the certificates that it signs are good.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<CertificateAuthority> LoadOrCreateAsync(
        IStore store, SecretBox secretBox, string controllerId, TimeSpan life, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(reader => reader.ListAuthorities(), cancellationToken);
        if (stored.Count == 0)
        {
            var created = Create(secretBox, controllerId, timeProvider.GetUtcNow());
            stored = await store.WriteAsync(writer => AddFirst(writer, created), cancellationToken);
        }

        var trusted = new X509Certificate2Collection();
        foreach (var authority in stored)
            trusted.Add(X509CertificateLoader.LoadCertificate(authority.Certificate.Span));
        return new CertificateAuthority(Unseal(secretBox, SignerOf(stored, timeProvider.GetUtcNow() - life)), trusted, controllerId, life, timeProvider);
    }

    /// <summary>Signs a certificate for a host's key.</summary>
    public X509Certificate2 IssueToHost(string hostId, PublicKey publicKey) =>
        CertificateIssuer.IssueToHost(_signer, PeerName.OfHost(_controllerId, hostId), publicKey, _timeProvider.GetUtcNow(), _life);

    /// <summary>The certificate, with its key, that this controller serves with. Lives in memory alone and is replaced at half its life.</summary>
    public X509Certificate2 ControllerCertificate()
    {
        var now = _timeProvider.GetUtcNow();
        lock (_lock)
        {
            if (_controllerCertificate is null || now > _controllerCertificate.NotAfter - _life / 2)
                _controllerCertificate = CertificateIssuer.IssueToController(_signer, PeerName.OfController(_controllerId), now, _life);
            return _controllerCertificate;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    private static StoredAuthority SignerOf(IReadOnlyList<StoredAuthority> newestFirst, DateTimeOffset knownSince) =>
        newestFirst.FirstOrDefault(authority => authority.CreatedAt <= knownSince) ?? newestFirst[^1];

    private static IReadOnlyList<StoredAuthority> AddFirst(IStoreWriter writer, StoredAuthority created)
    {
        if (writer.ListAuthorities() is { Count: > 0 } others)
            return others;
        writer.AddAuthority(created);
        return writer.ListAuthorities();
    }

    private static StoredAuthority Create(SecretBox secretBox, string controllerId, DateTimeOffset now)
    {
        using var certificate = CertificateIssuer.CreateAuthority(controllerId, now);
        using var key = certificate.GetECDsaPrivateKey()!;
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var sealedKey = secretBox.Seal(pkcs8, PurposeOf(certificate.SerialNumber));
        CryptographicOperations.ZeroMemory(pkcs8);
        return new StoredAuthority(certificate.SerialNumber, certificate.RawData, sealedKey, now);
    }

    private static X509Certificate2 Unseal(SecretBox secretBox, StoredAuthority stored)
    {
        var pkcs8 = secretBox.Open(stored.SealedKey.Span, PurposeOf(stored.Id));
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        using var certificate = X509CertificateLoader.LoadCertificate(stored.Certificate.Span);
        return certificate.CopyWithPrivateKey(key);
    }

    private static string PurposeOf(string id) => $"ca-key/{id}";
}
