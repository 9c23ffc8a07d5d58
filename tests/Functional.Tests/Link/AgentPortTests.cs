using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Agent.Identity;
using Agents.Controller.Links;
using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using JoinToken = Agents.Protocol.Identity.JoinToken;

namespace Agents.Functional.Tests.Link;

/// <summary>What strangers may take of the agents' port, over real sockets.</summary>
[Trait("Category", "Functional")]
public sealed class AgentPortTests : IAsyncLifetime
{
    private static readonly AgentPortLimits _limits = new() { StrangersMax = 6, StrangersOfAddressMax = 4, StrangerLife = TimeSpan.FromSeconds(1), StrangerCallsMax = 2, HostConnectionsMax = 3, HostCallsMax = 8, HostCallsPerSecond = 0.01 };

    private readonly TemporaryDirectory _directory = new();
    private readonly List<TcpClient> _clients = [];
    private ControllerHost? _controller;

    private ControllerHost Controller => _controller!;

    private ControllerAddress Address => new("127.0.0.1", Controller.Port);

    /// <inheritdoc/>
    public async Task InitializeAsync() =>
        _controller = await ControllerHost.StartAsync(_directory.File("controller"), configure: builder => builder.Services.AddSingleton(_limits));

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Controller.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Connect_NothingSaid_IsCutAtItsTime()
    {
        var client = await ConnectAsync();

        await EndAsync(client.GetStream());
    }

    [Fact]
    public async Task Connect_HandshakeAndNothingMore_IsCutAtItsTime()
    {
        await using var stream = await HandshakeAsync(await ConnectAsync());

        await EndAsync(stream);
    }

    [Fact]
    public async Task Enroll_SentByteByByte_IsCutAtItsTime()
    {
        using var client = Http();
        using var request = Request(new DrippingContent());

        var exception = await Record.ExceptionAsync(() => client.SendAsync(request)).DefaultTimeout();

        Assert.IsType<HttpRequestException>(exception);
    }

    [Fact]
    public async Task Enroll_MoreThanTheLimit_IsRefused()
    {
        Assert.True(JoinToken.TryParse(await Controller.NewTokenAsync(), out var token));
        using var channel = ControllerChannel.Dialling(Address, ControllerTls.For(token, SslApplicationProtocol.Http2, TimeProvider.System));
        var request = new EnrollRequest { Token = new string('x', AgentPortLimits.RequestBytesMax) };

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EnrollmentService.EnrollmentServiceClient(channel).EnrollAsync(request, deadline: DateTime.UtcNow + Waiting.Limit));

        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Fact]
    public async Task DownloadImage_MoreThanTheLimit_IsNotRead()
    {
        Assert.True(JoinToken.TryParse(await Controller.NewTokenAsync(), out var token));
        using var channel = ControllerChannel.Dialling(Address, ControllerTls.For(token, SslApplicationProtocol.Http2, TimeProvider.System));
        using var call = new ImageService.ImageServiceClient(channel).DownloadImage(
            new DownloadImageRequest { ArchiveSha256 = new string('x', AgentPortLimits.RequestBytesMax) }, deadline: DateTime.UtcNow + Waiting.Limit);

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Fact]
    public async Task Connect_AsManyAsThereMayBe_NextIsClosedAtOnceUntilOneEnds()
    {
        for (var number = 0; number < _limits.StrangersOfAddressMax; number++)
            await ConnectAsync();

        await RefusedAsync();
        await Controller.Log.WaitForAsync("as many without a certificate as there may be");
        _clients[0].Dispose();
        await using var agent = await AgentHost.StartAsync(_directory.File("agent"), Address, await Controller.NewTokenAsync());

        Assert.NotNull(await Controller.NextSessionAsync());
    }

    [Fact]
    public async Task Connect_AsManyInAllAsThereMayBe_NextIsClosedWhereverItComesFrom()
    {
        for (var number = 0; number < _limits.StrangersMax; number++)
            await ConnectAsync(from: $"127.0.0.{number / 3 + 2}");

        await RefusedAsync(from: "127.0.0.9");

        await Controller.Log.WaitForAsync("127.0.0.9", "as many without a certificate as there may be");
    }

    [Fact]
    public async Task Call_MoreAtOnceThanAStrangerMay_AreRefused()
    {
        using var client = Http();
        var calls = Enumerable.Range(0, _limits.StrangerCallsMax + 1).Select(_ => client.SendAsync(Request(new DrippingContent()))).ToList();

        var refused = await Task.WhenAny(calls).DefaultTimeout(); // Whichever comes last: the others wait for their messages' ends.

        using var response = await refused;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.All(await Task.WhenAll(calls.Where(call => call != refused).Select(call => Record.ExceptionAsync(() => call))).DefaultTimeout(), Assert.NotNull);
    }

    [Fact]
    public async Task Link_LongerThanAStrangersLife_Lives()
    {
        await using var agent = await AgentHost.StartAsync(_directory.File("agent"), Address, await Controller.NewTokenAsync());
        var session = await Controller.NextSessionAsync();

        await EndAsync((await ConnectAsync()).GetStream()); // A stranger came and went meanwhile.
        await EndAsync((await ConnectAsync()).GetStream());

        Assert.False(session.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task Connect_MoreThanAHostMay_RestAreCutAsStrangersAreAndTheLinkLives()
    {
        await using var agent = await AgentHost.StartAsync(_directory.File("agent"), Address, await Controller.NewTokenAsync());
        var session = await Controller.NextSessionAsync();
        var tls = ControllerTls.For(await agent.IdentityAsync(), SslApplicationProtocol.Http2, TimeProvider.System);

        var ends = new List<Task>();
        for (var number = 0; number < _limits.HostConnectionsMax; number++)
        {
            var stream = new SslStream((await ConnectAsync()).GetStream());
            await stream.AuthenticateAsClientAsync(tls);
            ends.Add(EndAsync(stream));
        }

        await Controller.Log.WaitForAsync(session.HostId.ToString(), "as many as it may");
        await (await Task.WhenAny(ends).DefaultTimeout());
        Assert.False(session.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task Renew_AgainAndAgain_IsRefusedForAWhile()
    {
        await using var agent = await AgentHost.StartAsync(_directory.File("agent"), Address, await Controller.NewTokenAsync());
        var session = await Controller.NextSessionAsync();
        using var channel = ControllerChannel.Dialling(Address, ControllerTls.For(await agent.IdentityAsync(), SslApplicationProtocol.Http2, TimeProvider.System));
        var client = new EnrollmentService.EnrollmentServiceClient(channel);

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var number = 0; number <= _limits.HostCallsMax; number++)
                await client.RenewAsync(new RenewRequest { CertificateRequest = NewCertificateRequest() }, deadline: DateTime.UtcNow + Waiting.Limit);
        });

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.LimitReached), (exception.StatusCode, RpcErrors.ReasonOf(exception)));
        Assert.False(session.Closed.IsCancellationRequested);
    }

    private static ByteString NewCertificateRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ByteString.CopyFrom(new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest());
    }

    private static HttpRequestMessage Request(HttpContent content) => new(HttpMethod.Post, "/agents.v1.EnrollmentService/Enroll")
    {
        Content = content,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private HttpClient Http()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{Controller.Port}") };
    }

    private async Task<TcpClient> ConnectAsync(string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, Controller.Port);
        return client;
    }

    private async Task RefusedAsync(string from = "127.0.0.1")
    {
        try
        {
            await EndAsync((await ConnectAsync(from)).GetStream());
        }
        catch (SocketException)
        {
            // It was closed so soon that the connecting itself saw it.
        }
    }

    private static async Task<SslStream> HandshakeAsync(TcpClient client)
    {
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "controller",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return stream;
    }

    private static async Task EndAsync(Stream stream)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer).AsTask().DefaultTimeout() > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset ends it too.
        }
    }

    /// <summary>The beginning of a message that never ends.</summary>
    private sealed class DrippingContent : HttpContent
    {
        public DrippingContent() => Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/grpc");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 100, 0 });
            await stream.FlushAsync();
            while (true)
            {
                await Task.Delay(50);
                await stream.WriteAsync(new byte[] { 1 });
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
