using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>What credentials tell a runtime.</summary>
public sealed class CredentialsTests
{
    private static readonly AsyncAuthInterceptor Add = (_, _) => Task.CompletedTask;

    private readonly RecordingConfigurator _configurator = new();

    [Fact]
    public void Insecure_Populate_SaysInsecure()
    {
        ChannelCredentials.Insecure.InternalPopulateConfiguration(_configurator, "state");

        Assert.Equal("insecure state", _configurator.Said);
    }

    [Fact]
    public void SecureSsl_Populate_SaysTlsWithDefaults()
    {
        ChannelCredentials.SecureSsl.InternalPopulateConfiguration(_configurator, "state");

        Assert.Equal("ssl state roots= pair= verify=False", _configurator.Said);
    }

    [Fact]
    public void Ssl_Populate_SaysEverything()
    {
        var credentials = new SslCredentials("roots", new KeyCertificatePair("chain", "key"), _ => true);

        credentials.InternalPopulateConfiguration(_configurator, "state");

        Assert.Equal("ssl state roots=roots pair=chain+key verify=True", _configurator.Said);
    }

    [Fact]
    public void Create_TlsAndCall_SaysBoth()
    {
        ChannelCredentials.Create(new SslCredentials("roots", null), CallCredentials.FromInterceptor(Add))
            .InternalPopulateConfiguration(_configurator, "state");

        Assert.Equal("composite state SslCredentials", _configurator.Said);
    }

    [Fact]
    public void Create_InsecureChannel_Throws() =>
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, CallCredentials.FromInterceptor(Add)));

    [Fact]
    public void Create_ChannelThatHasCallCredentials_Throws()
    {
        var call = CallCredentials.FromInterceptor(Add);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Create(ChannelCredentials.SecureSsl, call), call));
    }

    [Fact]
    public void Compose_FewerThanTwo_Throws() => Assert.Throws<ArgumentException>(() => CallCredentials.Compose(CallCredentials.FromInterceptor(Add)));

    [Fact]
    public void FromInterceptor_Null_Throws() => Assert.Throws<ArgumentNullException>(() => CallCredentials.FromInterceptor(null!));

    [Fact]
    public void KeyCertificatePair_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new KeyCertificatePair(null!, "key"));
        Assert.Throws<ArgumentNullException>(() => new KeyCertificatePair("chain", null!));
    }
}
