using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Agent.Engines;

/// <summary>The HTTP client of one engine interface. Only the cluster's authority is trusted, and the certificate must name the address.</summary>
internal sealed class EngineConnection : IDisposable
{
    private const int AnswerBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _idleTimeout = TimeSpan.FromMinutes(1);
    private readonly EngineCredentials _credentials;

    /// <summary>Takes the credentials over; connects with the first request.</summary>
    public EngineConnection(EngineEndpoint endpoint, EngineCredentials credentials)
    {
        Endpoint = endpoint;
        _credentials = credentials;
        Client = new HttpClient(Handler(credentials)) { BaseAddress = endpoint.Address, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    /// <summary>What it connects to.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>The client. Every request carries a token that ends it.</summary>
    public HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _credentials.Dispose();
    }

    private static SocketsHttpHandler Handler(EngineCredentials credentials) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = _connectTimeout,
        PooledConnectionIdleTimeout = _idleTimeout,
        MaxConnectionsPerServer = 4,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(credentials.Client, additionalCertificates: null, offline: true),
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { credentials.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        },
    };
}
