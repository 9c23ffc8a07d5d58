using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Deadlines and cancellation, as both sides see them.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly Metadata Hang = new() { { EchoHeaders.Hang, "yes" } };

    [Fact]
    public async Task Deadline_Passes_BothSidesEnd()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        var call = client.UnaryAsync(new EchoMessage(), new CallOptions(Hang).WithDeadline(DateTime.UtcNow.AddMilliseconds(300)));
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync.WaitAsync(Timeout));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        await server.Record.Cancelled.WaitAsync(Timeout);
    }

    [Fact]
    public async Task Deadline_Set_IsSeenByTheServer()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        var deadline = DateTime.UtcNow.AddMinutes(5);

        await client.UnaryAsync(new EchoMessage(), deadline: deadline);
        await client.UnaryAsync(new EchoMessage());

        var seen = server.Record.Deadlines.ToArray();
        Assert.InRange(seen[0], deadline.AddSeconds(-5), deadline.AddSeconds(5));
        Assert.Equal(DateTime.MaxValue, seen[1]);
    }

    [Fact]
    public async Task ClientToken_Cancelled_BothSidesEnd()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        using var source = new CancellationTokenSource();

        var call = client.UnaryAsync(new EchoMessage(), Hang, cancellationToken: source.Token);
        await server.Record.Hanging.WaitAsync(Timeout);
        await source.CancelAsync();
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync.WaitAsync(Timeout));

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        await server.Record.Cancelled.WaitAsync(Timeout);
    }

    [Fact]
    public async Task ClientCall_Disposed_ServerIsCancelled()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        var call = client.Duplex(Hang);
        await server.Record.Hanging.WaitAsync(Timeout);
        call.Dispose();

        await server.Record.Cancelled.WaitAsync(Timeout);
    }

    [Fact]
    public async Task ServerEndsTheCall_WhileTheClientWrites_WritingFails()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ClientStreaming(new Metadata { { EchoHeaders.FailWith, "1" } });
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        var writing = await Assert.ThrowsAnyAsync<Exception>(() => call.RequestStream.WriteAsync(new EchoMessage()));

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        Assert.True(writing is RpcException or InvalidOperationException, writing.ToString());
    }

    [Fact]
    public async Task ReadAll_TokenCancelled_EnumerationEnds()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        using var source = new CancellationTokenSource();

        using var call = client.Duplex();
        await call.RequestStream.WriteAsync(new EchoMessage { Number = 1 });
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync(source.Token))
            {
                Assert.Equal(1, response.Number);
                await source.CancelAsync();
            }
        });

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task Write_TokenAlreadyCancelled_Fails()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.Duplex();
        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => call.RequestStream.WriteAsync(new EchoMessage(), new CancellationToken(canceled: true)));

        Assert.True(exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }, exception.ToString());
    }
}
