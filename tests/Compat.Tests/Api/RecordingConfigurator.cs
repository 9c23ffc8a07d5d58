using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Notes what channel credentials say of themselves.</summary>
internal sealed class RecordingConfigurator : ChannelCredentialsConfiguratorBase
{
    /// <summary>What was said last.</summary>
    public string? Said { get; private set; }

    /// <inheritdoc/>
    public override void SetInsecureCredentials(object? state) => Said = $"insecure {state}";

    /// <inheritdoc/>
    public override void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        var pair = keyCertificatePair is null ? "" : $"{keyCertificatePair.CertificateChain}+{keyCertificatePair.PrivateKey}";
        Said = $"ssl {state} roots={rootCertificates} pair={pair} verify={verifyPeerCallback is not null}";
    }

    /// <inheritdoc/>
    public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        Said = $"composite {state} {channelCredentials.GetType().Name}";
}
