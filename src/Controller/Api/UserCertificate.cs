using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Controller.Api;

/// <summary>
/// The certificate that users see, read from its files: anew when they have changed, so that a renewal needs no restart. While new files cannot be used the old certificate
/// stays. Safe for concurrent use.
/// </summary>
internal sealed class UserCertificate
{
    private readonly UserTls _tls;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;
    private (DateTime Certificate, DateTime Key) _readAt;

    /// <summary>Reads the files.</summary>
    public UserCertificate(UserTls tls, ILogger<UserCertificate> logger)
    {
        _tls = tls;
        _logger = logger;
        _readAt = WrittenAt();
        _context = Read(tls);
    }

    /// <summary>The certificate with its chain.</summary>
    public SslStreamCertificateContext Context
    {
        get
        {
            lock (_lock)
            {
                if (WrittenAt() is var writtenAt && writtenAt != _readAt)
                    Renew(writtenAt);
                return _context;
            }
        }
    }

    /// <summary>Why the files cannot be used; null when they can.</summary>
    public static string? Refuse(UserTls tls)
    {
        try
        {
            _ = Read(tls);
            return null;
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            return exception.Message;
        }
    }

    /// <summary>The names and addresses that a certificate is for, as they stand in the header Host. Wildcards are not among them.</summary>
    public static IEnumerable<string> NamesOf(UserTls tls)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(tls.CertificateFile));
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? []
            : [.. names.EnumerateDnsNames().Where(name => !name.Contains('*')), .. names.EnumerateIPAddresses().Select(address => new HostString(address.ToString(), 1).Host)];
    }

    private void Renew((DateTime Certificate, DateTime Key) writtenAt)
    {
        try
        {
            _context = Read(_tls);
            Log.CertificateRenewed(_logger, _context.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            Log.CertificateUnusable(_logger, _tls.CertificateFile, exception.Message);
        }

        _readAt = writtenAt;
    }

    private (DateTime Certificate, DateTime Key) WrittenAt() => (File.GetLastWriteTimeUtc(_tls.CertificateFile), File.GetLastWriteTimeUtc(_tls.KeyFile));

    private static SslStreamCertificateContext Read(UserTls tls)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(tls.CertificateFile);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile), chain, offline: true);
    }

    private static bool IsUnusable(Exception exception) => exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
