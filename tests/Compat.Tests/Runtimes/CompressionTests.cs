using System.Globalization;
using System.IO.Compression;
using Agents.Compat.Tests.Protos;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Compressed messages in both directions, and the write options that turn it off.</summary>
public sealed class CompressionTests
{
    private static readonly string Text = new('x', 100_000);

    public static TheoryData<string> Encodings => ["gzip", "deflate"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Unary_Compressed_ComesBackWhole(string encoding)
    {
        var (client, server) = (Counting(encoding), Counting(encoding));
        await using var echo = await StartAsync(encoding, client, server);

        var response = await new EchoService.EchoServiceClient(echo.Channel).UnaryAsync(new EchoMessage { Text = Text }, Ask(encoding));

        Assert.Equal(Text, response.Text);
        Assert.Equal((1, 1), (client.Compressed, client.Decompressed));
        Assert.Equal((1, 1), (server.Compressed, server.Decompressed));
    }

    [Fact]
    public async Task Unary_ClientSaysNoCompress_TheRequestIsNotCompressed()
    {
        var (client, server) = (Counting("gzip"), Counting("gzip"));
        await using var echo = await StartAsync("gzip", client, server);

        var response = await new EchoService.EchoServiceClient(echo.Channel).UnaryAsync(
            new EchoMessage { Text = Text }, new CallOptions(Ask("gzip"), writeOptions: new WriteOptions(WriteFlags.NoCompress)));

        Assert.Equal(Text, response.Text);
        Assert.Equal((0, 1), (client.Compressed, client.Decompressed));
    }

    [Fact]
    public async Task Unary_ServerSaysNoCompress_TheResponseIsNotCompressed()
    {
        var (client, server) = (Counting("gzip"), Counting("gzip"));
        await using var echo = await StartAsync("gzip", client, server);
        var headers = Ask("gzip");
        headers.Add(EchoHeaders.WriteFlags, ((int)WriteFlags.NoCompress).ToString(CultureInfo.InvariantCulture));

        var response = await new EchoService.EchoServiceClient(echo.Channel).UnaryAsync(new EchoMessage { Text = Text }, headers);

        Assert.Equal(Text, response.Text);
        Assert.Equal((0, 1), (server.Compressed, server.Decompressed));
    }

    [Fact]
    public async Task Duplex_ClientBuffers_NothingIsLost()
    {
        await using var echo = await EchoServer.StartAsync();
        using var call = new EchoService.EchoServiceClient(echo.Channel).Duplex();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);

        for (var number = 0; number < 10; number++) await call.RequestStream.WriteAsync(new EchoMessage { Number = number });
        await call.RequestStream.CompleteAsync();

        var numbers = new List<int>();
        await foreach (var response in call.ResponseStream.ReadAllAsync()) numbers.Add(response.Number);
        Assert.Equal(Enumerable.Range(0, 10), numbers);
    }

    private static Task<EchoServer> StartAsync(string encoding, ICompressionProvider client, ICompressionProvider server) => EchoServer.StartAsync(
        options =>
        {
            options.CompressionProviders = [server];
            options.ResponseCompressionAlgorithm = encoding;
        },
        options => options.CompressionProviders = [client]);

    private static Metadata Ask(string encoding) => new() { { "grpc-internal-encoding-request", encoding } };

    private static CountingCompression Counting(string encoding) => new(
        encoding == "gzip" ? new GzipCompressionProvider(CompressionLevel.Fastest) : new DeflateCompressionProvider(CompressionLevel.Fastest));
}
