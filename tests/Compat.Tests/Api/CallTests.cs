using Grpc.Core;
using Grpc.Core.Testing;

namespace Agents.Compat.Tests.Api;

/// <summary>The four types of calls as Grpc.Core.Testing makes them, without a runtime.</summary>
public sealed class CallTests
{
    private static readonly Metadata Headers = new() { { "header", "value" } };
    private static readonly Metadata Trailers = new() { { "trailer", "value" } };
    private static readonly Status Done = new(StatusCode.OK, "done");

    private int _disposed;

    [Fact]
    public async Task Unary_Parts_AreThoseGiven()
    {
        var call = TestCalls.AsyncUnaryCall(Task.FromResult("response"), Task.FromResult(Headers), () => Done, () => Trailers, Dispose);

        Assert.Equal("response", await call);
        Assert.Equal("response", await call.ConfigureAwait(false));
        Assert.Equal("response", await call.ResponseAsync);
        Assert.Same(Headers, await call.ResponseHeadersAsync);
        Assert.Equal(Done, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public async Task ClientStreaming_Parts_AreThoseGiven()
    {
        var writer = new ListStreamWriter<string>();
        var call = TestCalls.AsyncClientStreamingCall(writer, Task.FromResult("response"), Task.FromResult(Headers), () => Done, () => Trailers, Dispose);

        Assert.Same(writer, call.RequestStream);
        Assert.Equal("response", await call);
        Assert.Equal("response", await call.ConfigureAwait(false));
        Assert.Same(Headers, await call.ResponseHeadersAsync);
        Assert.Equal(Done, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public async Task ServerStreaming_Parts_AreThoseGiven()
    {
        var reader = new ListStreamReader<string>(["a", "b"]);
        var call = TestCalls.AsyncServerStreamingCall(reader, Task.FromResult(Headers), () => Done, () => Trailers, Dispose);

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("a", call.ResponseStream.Current);
        Assert.Same(Headers, await call.ResponseHeadersAsync);
        Assert.Equal(Done, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public async Task Duplex_Parts_AreThoseGiven()
    {
        var (reader, writer) = (new ListStreamReader<string>(["a", "b"]), new ListStreamWriter<string>());
        var call = TestCalls.AsyncDuplexStreamingCall(writer, reader, Task.FromResult(Headers), () => Done, () => Trailers, Dispose);
        var read = new List<string>();

        await call.RequestStream.WriteAsync("request", CancellationToken.None);
        await foreach (var response in call.ResponseStream.ReadAllAsync()) read.Add(response);

        Assert.Equal(["request"], writer.Written);
        Assert.Equal(["a", "b"], read);
        Assert.Same(Headers, await call.ResponseHeadersAsync);
        Assert.Equal(Done, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, _disposed);
    }

    [Fact]
    public async Task Write_TokenThatTheWriterDoesNotKnow_IsRefused()
    {
        using var source = new CancellationTokenSource();
        IAsyncStreamWriter<string> writer = new ListStreamWriter<string>();

        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("request", source.Token));
    }

    [Fact]
    public void ReadAll_NullReader_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => ((IAsyncStreamReader<string>)null!).ReadAllAsync());
        Assert.Throws<ArgumentNullException>(() => { _ = ((IAsyncStreamReader<string>)null!).MoveNext(); });
    }

    private void Dispose() => _disposed++;
}
