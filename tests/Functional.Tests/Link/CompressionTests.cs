using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Agents.Controller.Links;
using Agents.Testing;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Functional.Tests.Link;

/// <summary>Messages are limited as they are sent, not as they are unpacked: neither side unpacks any.</summary>
[Trait("Category", "Functional")]
public sealed class CompressionTests : LinkFixture
{
    private const string Unimplemented = "12";
    private const int UnpackedBytes = 20 * 1024 * 1024;

    [Fact]
    public async Task Enroll_CompressedByAStranger_IsNotUnpacked()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{Controller.Port}") };

        Assert.Equal(Unimplemented, await StatusAsync(client, "agents.v1.EnrollmentService/Enroll", new EnrollRequest { Name = new string('x', UnpackedBytes) }));
    }

    [Fact]
    public async Task Agent_CompressedRequest_IsNotUnpacked()
    {
        var socket = Directory.File("agent.sock");
        await using var agent = await AgentHost.StartAsync(Directory.File("agent"), Address, await Controller.NewTokenAsync(), socket: socket);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://local") };

        Assert.Equal(Unimplemented, await StatusAsync(client, "agents.v1.HostService/Hello", new HelloRequest { ControllerVersion = new string('x', UnpackedBytes) }));
    }

    [Fact]
    public async Task Link_CompressedAnswerOfAnAgent_IsNotUnpacked()
    {
        await using var agent = await StartCompressingAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(agent.Urls.Single()).Port);
        using var channel = LinkChannel.Create(new NetworkStream(socket), "host");

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await new HostService.HostServiceClient(channel).GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow + Waiting.Limit));

        Assert.Contains("grpc-encoding", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartCompressingAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options =>
        {
            options.MaxSendMessageSize = null;
            options.ResponseCompressionAlgorithm = "gzip";
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        application.UseRouting();
        application.Use((context, next) =>
        {
            context.Request.Headers["grpc-accept-encoding"] = "gzip"; // Whatever the caller says that it takes.
            return next(context);
        });
        application.MapGrpcService<LongHost>();
        await application.StartAsync();
        return application;
    }

    private static async Task<string?> StatusAsync(HttpClient client, string method, IMessage message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{method}") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("grpc-encoding", "gzip");
        request.Headers.Add("grpc-timeout", "10S");
        request.Content = new ByteArrayContent(Compressed(message)) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };

        using var response = await client.SendAsync(request).DefaultTimeout();
        await response.Content.ReadAsByteArrayAsync().DefaultTimeout();
        return (response.Headers.TryGetValues("grpc-status", out var status) ? status : response.TrailingHeaders.GetValues("grpc-status")).Single();
    }

    /// <summary>A message as gRPC frames it: the mark of compression, the length, what is packed.</summary>
    private static byte[] Compressed(IMessage message)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            message.WriteTo(gzip);
        var length = BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)packed.Length));
        return [1, .. length, .. packed.ToArray()];
    }

    /// <summary>An agent with a long name.</summary>
    private sealed class LongHost : HostService.HostServiceBase
    {
        public override Task<GetFactsResponse> GetFacts(GetFactsRequest request, ServerCallContext context) =>
            Task.FromResult(new GetFactsResponse { Facts = new HostFacts { Hostname = new string('x', UnpackedBytes) } });
    }
}
