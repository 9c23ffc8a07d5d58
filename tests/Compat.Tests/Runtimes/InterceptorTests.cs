using Agents.Compat.Tests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Interceptors of clients and of servers.</summary>
public sealed class InterceptorTests
{
    [Fact]
    public async Task Intercept_Several_TheFirstGivenSeesACallFirst()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel.Intercept(new OrderInterceptor("a"), new OrderInterceptor("b"), new OrderInterceptor("c")));

        await client.UnaryAsync(new EchoMessage());

        Assert.Equal(["a", "b", "c"], CameBy(server));
    }

    [Fact]
    public async Task Intercept_Layers_TheLastAddedSeesACallFirst()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel.Intercept(new OrderInterceptor("a")).Intercept(new OrderInterceptor("b")));

        await Task.Run(() => client.Unary(new EchoMessage()));

        Assert.Equal(["b", "a"], CameBy(server));
    }

    [Fact]
    public async Task Intercept_DuplexCall_GoesThrough()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel.Intercept(new OrderInterceptor("a")));

        using var call = client.Duplex();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(["a"], CameBy(server));
    }

    [Fact]
    public async Task Intercept_HeadersFunction_IsAppliedToEveryTypeOfCall()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Channel.Intercept(headers =>
        {
            headers.Add(OrderInterceptor.Header, "function");
            return headers;
        });

        await CallAllTypesAsync(new EchoService.EchoServiceClient(invoker));

        Assert.Equal(5, server.Record.Headers.Count);
        Assert.All(server.Record.Headers, headers => Assert.Equal("function", headers.GetValue(OrderInterceptor.Header)));
    }

    [Fact]
    public async Task Intercept_NothingOverridden_EveryTypeOfCallGoesThrough()
    {
        await using var server = await EchoServer.StartAsync(options => options.Interceptors.Add<PassThroughInterceptor>());

        await CallAllTypesAsync(new EchoService.EchoServiceClient(server.Channel.Intercept(new PassThroughInterceptor())));

        Assert.Equal(5, server.Record.Headers.Count);
    }

    [Fact]
    public async Task ServerInterceptor_EveryTypeOfCall_IsSeen()
    {
        await using var server = await EchoServer.StartAsync(options => options.Interceptors.Add<TrailerInterceptor>());
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var unary = client.UnaryAsync(new EchoMessage());
        await unary;
        using var clientStreaming = client.ClientStreaming();
        await clientStreaming.RequestStream.CompleteAsync();
        await clientStreaming;
        using var serverStreaming = client.ServerStreaming(new EchoMessage());
        Assert.False(await serverStreaming.ResponseStream.MoveNext());
        using var duplex = client.Duplex();
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext());

        Assert.Equal(
            ["Unary", "ClientStreaming", "ServerStreaming", "DuplexStreaming"],
            new[] { unary.GetTrailers(), clientStreaming.GetTrailers(), serverStreaming.GetTrailers(), duplex.GetTrailers() }
                .Select(trailers => trailers.GetValue(TrailerInterceptor.Trailer)));
    }

    [Fact]
    public async Task ServerInterceptor_Throws_TheCallIsRefused()
    {
        await using var server = await EchoServer.StartAsync(options => options.Interceptors.Add<TrailerInterceptor>());
        var client = new EchoService.EchoServiceClient(server.Channel);

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnaryAsync(new EchoMessage(), new Metadata { { TrailerInterceptor.RefuseHeader, "yes" } }));

        Assert.Equal(StatusCode.PermissionDenied, exception.StatusCode);
        Assert.Equal("/agents.compat.v1.EchoService/Unary", exception.Status.Detail);
        Assert.Empty(server.Record.Headers);
    }

    private static async Task CallAllTypesAsync(EchoService.EchoServiceClient client)
    {
        await client.UnaryAsync(new EchoMessage());
        await Task.Run(() => client.Unary(new EchoMessage()));
        using var clientStreaming = client.ClientStreaming();
        await clientStreaming.RequestStream.CompleteAsync();
        await clientStreaming;
        using var serverStreaming = client.ServerStreaming(new EchoMessage());
        Assert.False(await serverStreaming.ResponseStream.MoveNext());
        using var duplex = client.Duplex();
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext());
    }

    // HttpClient joins the values of a key, as HTTP allows.
    private static string[] CameBy(EchoServer server) => server.Record.Headers.Single().GetValue(OrderInterceptor.Header)!.Split(", ");
}
