using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Agents.Agent.Docker;

/// <summary>
/// Takes a container's output apart. Without a terminal the engine frames it: one byte says which stream, three are zero, four are the length. With one it is plain.
/// A frame that ends early is given as far as it came: the log was cut there.
/// </summary>
internal static class LogFrameReader
{
    private const int HeaderBytes = 8;
    private const int StandardError = 2;
    private const int ChunkBytesMax = 32 * 1024;

    /// <summary>The pieces in order, each at most 32 KiB.</summary>
    public static async IAsyncEnumerable<LogChunk> ReadAsync(
        DockerStream stream, bool framed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        while (true)
        {
            var isError = false;
            long left = ChunkBytesMax;
            if (framed)
            {
                if (!await FillAsync(stream, header, cancellationToken))
                    yield break;
                isError = header[0] == StandardError;
                left = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            }

            while (left > 0)
            {
                var buffer = new byte[Math.Min(left, ChunkBytesMax)];
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                    yield break;
                yield return new LogChunk(isError, buffer.AsMemory(0, read));
                if (framed)
                    left -= read;
            }
        }
    }

    private static async Task<bool> FillAsync(DockerStream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                return false;
            filled += read;
        }

        return true;
    }
}
