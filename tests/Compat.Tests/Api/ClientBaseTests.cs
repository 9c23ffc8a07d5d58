using Agents.Compat.Tests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Compat.Tests.Api;

/// <summary>Generated clients over an invoker that records their calls.</summary>
public sealed class ClientBaseTests
{
    private readonly RecordingCallInvoker _invoker = new();

    [Fact]
    public void Calls_EveryType_GoToTheInvoker()
    {
        CallEveryType(new EchoService.EchoServiceClient(_invoker));

        Assert.Equal(
            ["BlockingUnaryCall Unary at -", "AsyncUnaryCall Unary at -", "AsyncServerStreamingCall ServerStreaming at -",
                "AsyncClientStreamingCall ClientStreaming at -", "AsyncDuplexStreamingCall Duplex at -"],
            _invoker.Calls);
    }

    [Fact]
    public void WithHost_EveryType_NamesTheHost()
    {
        var client = new EchoService.EchoServiceClient(_invoker);

        CallEveryType(client.WithHost("other").WithHost("another"));

        Assert.Equal(5, _invoker.Calls.Count);
        Assert.All(_invoker.Calls, call => Assert.EndsWith(" at another", call));
        Assert.Throws<ArgumentNullException>(() => client.WithHost(null!));
    }

    [Fact]
    public void TestDouble_WithoutChannel_FailsEveryCallAndSaysWhy()
    {
        var client = new DoubleClient();

        Action[] calls =
        [
            () => client.Unary(new EchoMessage()), () => client.UnaryAsync(new EchoMessage()), () => client.ServerStreaming(new EchoMessage()),
            () => client.ClientStreaming(), () => client.Duplex(),
        ];

        Assert.All(calls, call => Assert.Equal(StatusCode.Unimplemented, Assert.Throws<RpcException>(call).StatusCode));
    }

    [Fact]
    public void Intercept_OnInvoker_HeadersFunctionGetsTheCallsHeaders()
    {
        var client = new EchoService.EchoServiceClient(_invoker.Intercept(headers =>
        {
            headers.Add("added", "yes");
            return headers;
        }));

        client.Unary(new EchoMessage(), new Metadata { { "own", "yes" } });

        Assert.Equal(["own", "added"], _invoker.Headers!.Select(entry => entry.Key));
    }

    [Fact]
    public void Intercept_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Interceptor[])null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Func<Metadata, Metadata>)null!));
        Assert.Same(_invoker, _invoker.Intercept());
    }

    [Fact]
    public async Task Channel_Shutdown_CompletesWhereThereIsNothingToEnd()
    {
        var channel = new RecordingChannel(_invoker);

        new EchoService.EchoServiceClient(channel).Unary(new EchoMessage());
        await channel.ShutdownAsync();

        Assert.Equal("target", channel.Target);
        Assert.Single(_invoker.Calls);
        Assert.Throws<ArgumentNullException>(() => new EchoService.EchoServiceClient((ChannelBase)null!));
    }

    private static void CallEveryType(EchoService.EchoServiceClient client)
    {
        client.Unary(new EchoMessage());
        client.UnaryAsync(new EchoMessage());
        client.ServerStreaming(new EchoMessage());
        client.ClientStreaming();
        client.Duplex();
    }
}
