namespace Grpc.Core;

/// <summary>Through this a runtime learns what a <see cref="ChannelCredentials"/> is.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>No security.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>TLS.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>A secure channel with credentials for each of its calls.</summary>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
