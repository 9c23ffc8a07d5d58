namespace Grpc.Core;

/// <summary>A channel over TLS.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>Trusts the machine's roots.</summary>
    public SslCredentials()
        : this(null)
    {
    }

    /// <summary>Trusts the given roots (PEM).</summary>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null)
    {
    }

    /// <summary>Trusts the given roots and shows a certificate of its own.</summary>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Trusts the given roots, shows a certificate of its own and asks about each server.</summary>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        VerifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>The trusted roots (PEM), or null for the machine's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The certificate to show, or null.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <summary>Asked about each server, or null.</summary>
    public VerifyPeerCallback? VerifyPeerCallback { get; }

    /// <inheritdoc/>
    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, VerifyPeerCallback);
}
