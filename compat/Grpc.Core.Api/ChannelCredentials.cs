namespace Grpc.Core;

/// <summary>How a channel is secured. Immutable; a runtime reads it through a <see cref="ChannelCredentialsConfiguratorBase"/>.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No security; cannot carry call credentials.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the machine's trusted roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Whether call credentials may travel over the channel.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>A secure channel whose every call carries the given credentials.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a runtime what these credentials are.</summary>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);
}
