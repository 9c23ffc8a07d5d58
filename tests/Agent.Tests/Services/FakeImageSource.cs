using System.Runtime.CompilerServices;
using Agents.Agent.Images;

namespace Agents.Agent.Tests.Services;

/// <summary>A controller's archive that can break on the way, once.</summary>
internal sealed class FakeImageSource : IImageSource
{
    /// <summary>The archive.</summary>
    public byte[] Archive { get; set; } = [];

    /// <summary>After how many bytes the first transfer breaks; never when 0.</summary>
    public int BreakAfter { get; set; }

    /// <summary>Where transfers began.</summary>
    public List<long> Offsets { get; } = [];

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string archiveSha256, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Offsets.Add(offset);
        if (BreakAfter > 0 && Offsets.Count == 1)
        {
            yield return Archive.AsMemory(0, BreakAfter);
            throw new IOException("the connection broke");
        }

        yield return Archive.AsMemory((int)offset);
    }
}
