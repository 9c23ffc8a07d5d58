using System.IO.Compression;
using Grpc.Net.Compression;

namespace Agents.Compat.Tests.Api;

/// <summary>The two ways to compress.</summary>
public sealed class CompressionProviderTests
{
    private static readonly byte[] Content = [.. Enumerable.Repeat((byte)7, 10_000)];

    [Fact]
    public void Gzip_Compressed_IsGzipAndComesBack()
    {
        var compressed = Compress(new GzipCompressionProvider(CompressionLevel.Optimal), null);

        Assert.Equal([0x1F, 0x8B], compressed[..2]);
        Assert.Equal(Content, Decompress(new GzipCompressionProvider(CompressionLevel.Optimal), compressed));
    }

    [Fact]
    public void Deflate_Compressed_IsZlibAndComesBack()
    {
        var compressed = Compress(new DeflateCompressionProvider(CompressionLevel.Optimal), null);

        Assert.Equal(0x78, compressed[0]);
        Assert.Equal(Content, Decompress(new DeflateCompressionProvider(CompressionLevel.Optimal), compressed));
    }

    [Fact]
    public void CreateCompressionStream_LevelGiven_OverridesTheDefault()
    {
        var provider = new GzipCompressionProvider(CompressionLevel.Optimal);

        Assert.True(Compress(provider, CompressionLevel.NoCompression).Length > Content.Length);
        Assert.True(Compress(provider, null).Length < Content.Length);
    }

    [Fact]
    public void EncodingName_OfEach_IsThatOfTheHeader() => Assert.Equal(
        ("gzip", "deflate"),
        (new GzipCompressionProvider(CompressionLevel.Fastest).EncodingName, new DeflateCompressionProvider(CompressionLevel.Fastest).EncodingName));

    private static byte[] Compress(ICompressionProvider provider, CompressionLevel? level)
    {
        using var target = new MemoryStream();
        using (var stream = provider.CreateCompressionStream(target, level)) stream.Write(Content);
        return target.CanWrite ? target.ToArray() : throw new InvalidOperationException("The target was closed.");
    }

    private static byte[] Decompress(ICompressionProvider provider, byte[] compressed)
    {
        using var target = new MemoryStream();
        using var stream = provider.CreateDecompressionStream(new MemoryStream(compressed));
        stream.CopyTo(target);
        return target.ToArray();
    }
}
