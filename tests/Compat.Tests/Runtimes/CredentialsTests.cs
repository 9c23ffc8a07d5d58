using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Credentials of channels and of calls.</summary>
public sealed class CredentialsTests
{
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((context, headers) =>
    {
        headers.Add("authorization", $"Bearer for {new Uri(context.ServiceUrl).AbsolutePath}, {context.MethodName}");
        return Task.CompletedTask;
    });

    private static readonly CallCredentials Stamp = CallCredentials.FromInterceptor((_, headers) =>
    {
        headers.Add("stamp", "stamped");
        return Task.CompletedTask;
    });

    [Fact]
    public async Task CallCredentials_OfOneCall_AddTheirHeader()
    {
        await using var server = await EchoServer.StartAsync(configureChannel: options =>
        {
            options.Credentials = ChannelCredentials.Insecure;
            options.UnsafeUseInsecureChannelCallCredentials = true;
        });
        var client = new EchoService.EchoServiceClient(server.Channel);

        await client.UnaryAsync(new EchoMessage(), new CallOptions(credentials: Token));

        Assert.Equal("Bearer for /agents.compat.v1.EchoService, Unary", server.Record.Headers.Single().GetValue("authorization"));
    }

    [Fact]
    public async Task CallCredentials_Composed_AllAddTheirHeaders()
    {
        await using var server = await EchoServer.StartAsync(configureChannel: options => options.UnsafeUseInsecureChannelCallCredentials = true);
        var client = new EchoService.EchoServiceClient(server.Channel);

        await client.UnaryAsync(new EchoMessage(), new CallOptions(credentials: CallCredentials.Compose(Token, Stamp)));

        var headers = server.Record.Headers.Single();
        Assert.NotNull(headers.GetValue("authorization"));
        Assert.Equal("stamped", headers.GetValue("stamp"));
    }

    [Fact]
    public async Task CallCredentials_Fail_TheCallFails()
    {
        await using var server = await EchoServer.StartAsync(configureChannel: options => options.UnsafeUseInsecureChannelCallCredentials = true);
        var client = new EchoService.EchoServiceClient(server.Channel);
        var failing = CallCredentials.FromInterceptor((_, _) => throw new RpcException(new Status(StatusCode.Unauthenticated, "no token")));

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnaryAsync(new EchoMessage(), new CallOptions(credentials: failing)));

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.Empty(server.Record.Headers);
    }

    [Fact]
    public async Task ChannelCredentials_TlsWithCallCredentials_EveryCallCarriesThem()
    {
        using var certificate = TestCertificate.Create(DateTimeOffset.UtcNow);
        using var handler = new SocketsHttpHandler { SslOptions = Trusting(certificate) };
        await using var server = await EchoServer.StartAsync(certificate: certificate, configureChannel: options =>
        {
            options.Credentials = ChannelCredentials.Create(new SslCredentials(), Stamp);
            options.HttpHandler = handler;
        });
        var client = new EchoService.EchoServiceClient(server.Channel);

        await client.UnaryAsync(new EchoMessage());
        await client.UnaryAsync(new EchoMessage());

        Assert.Equal(["stamped", "stamped"], server.Record.Headers.Select(headers => headers.GetValue("stamp")));
    }

    [Fact]
    public async Task ChannelCredentials_InsecureForATlsAddress_AreRefused()
    {
        using var certificate = TestCertificate.Create(DateTimeOffset.UtcNow);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => EchoServer.StartAsync(certificate: certificate, configureChannel: options => options.Credentials = ChannelCredentials.Insecure));
    }

    [Fact]
    public async Task ChannelCredentials_TlsForACleartextAddress_AreRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => EchoServer.StartAsync(configureChannel: options => options.Credentials = ChannelCredentials.SecureSsl));

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 certificate) => new()
    {
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
    };
}
