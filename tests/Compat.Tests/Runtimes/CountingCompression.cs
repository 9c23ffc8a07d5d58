using System.IO.Compression;
using Grpc.Net.Compression;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Counts how often another provider is asked. Safe for concurrent use.</summary>
internal sealed class CountingCompression(ICompressionProvider inner) : ICompressionProvider
{
    private int _compressed;
    private int _decompressed;

    /// <summary>How many messages were compressed.</summary>
    public int Compressed => Volatile.Read(ref _compressed);

    /// <summary>How many messages were decompressed.</summary>
    public int Decompressed => Volatile.Read(ref _decompressed);

    /// <inheritdoc/>
    public string EncodingName => inner.EncodingName;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
    {
        Interlocked.Increment(ref _compressed);
        return inner.CreateCompressionStream(stream, compressionLevel);
    }

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
    {
        Interlocked.Increment(ref _decompressed);
        return inner.CreateDecompressionStream(stream);
    }
}
