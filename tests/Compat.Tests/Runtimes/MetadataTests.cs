using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Headers and trailers in both directions.</summary>
public sealed class MetadataTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public async Task RequestHeaders_TextAndBinary_Arrive()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        await client.UnaryAsync(new EchoMessage(), new Metadata { { "Some-Key", "first" }, { "some-key", "second" }, { "blob-bin", Bytes } });

        var headers = server.Record.Headers.Single();
        Assert.Equal("first, second", headers.GetValue("some-key")); // Joined by HttpClient, as HTTP allows.
        Assert.Equal(Bytes, headers.GetValueBytes("blob-bin"));
    }

    [Fact]
    public async Task ResponseHeaders_SentByTheServer_ArriveBeforeTheResponse()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.UnaryAsync(new EchoMessage(), new Metadata { { EchoHeaders.ReturnAsHeader, Bytes } });
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal(Bytes, headers.GetValueBytes(EchoHeaders.ReturnAsHeader));
        Assert.Equal("some text", headers.GetValue("text-header"));
    }

    [Fact]
    public async Task Trailers_OfASuccessfulCall_AreGiven()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ServerStreaming(new EchoMessage { Number = 1 }, new Metadata { { EchoHeaders.ReturnAsTrailer, Bytes } });
        await foreach (var response in call.ResponseStream.ReadAllAsync()) Assert.Equal(0, response.Number);

        Assert.Equal(Bytes, call.GetTrailers().GetValueBytes(EchoHeaders.ReturnAsTrailer));
    }

    [Fact]
    public async Task GetTrailers_BeforeTheEnd_Throws()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.Duplex();

        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
    }
}
