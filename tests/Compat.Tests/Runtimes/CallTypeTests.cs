using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>The four types of calls through both official runtimes over a real connection.</summary>
public sealed class CallTypeTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Unary_Async_EchoesTheRequest()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.UnaryAsync(new EchoMessage { Text = "hello", Number = 7 });
        var response = await call.ResponseAsync.WaitAsync(Timeout);

        Assert.Equal(new EchoMessage { Text = "hello", Number = 7 }, response);
        Assert.Equal(Status.DefaultSuccess, call.GetStatus());
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task Unary_Blocking_EchoesTheRequest()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        var response = await Task.Run(() => client.Unary(new EchoMessage { Text = "hello" })).WaitAsync(Timeout);

        Assert.Equal("hello", response.Text);
    }

    [Fact]
    public async Task ServerStreaming_ReadAll_GivesEveryResponseInOrder()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ServerStreaming(new EchoMessage { Number = 100 });
        var numbers = new List<int>();
        await foreach (var response in call.ResponseStream.ReadAllAsync()) numbers.Add(response.Number);

        Assert.Equal(Enumerable.Range(0, 100), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task ClientStreaming_ManyRequests_OneResponse()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ClientStreaming();
        for (var number = 1; number <= 100; number++) await call.RequestStream.WriteAsync(new EchoMessage { Number = number });
        await call.RequestStream.CompleteAsync();
        var response = await call;

        Assert.Equal(5050, response.Number);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
        Assert.NotEmpty(await call.ResponseHeadersAsync);
    }

    [Fact]
    public async Task Duplex_TwentyThousandMessages_AllComeBackInOrder()
    {
        const int messages = 20_000;
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.Duplex();
        var writing = WriteAsync(call.RequestStream, messages);
        var next = 0;
        await foreach (var response in call.ResponseStream.ReadAllAsync()) Assert.Equal(next++, response.Number);
        await writing.WaitAsync(Timeout);

        Assert.Equal(messages, next);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task WriteAsync(IClientStreamWriter<EchoMessage> stream, int messages)
    {
        for (var number = 0; number < messages; number++) await stream.WriteAsync(new EchoMessage { Number = number }, CancellationToken.None);
        await stream.CompleteAsync();
    }
}
