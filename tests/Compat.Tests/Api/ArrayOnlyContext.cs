using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Gives a message only as an array, as the oldest runtimes did.</summary>
internal sealed class ArrayOnlyContext(byte[] payload) : DeserializationContext
{
    /// <inheritdoc/>
    public override int PayloadLength => payload.Length;

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => [.. payload];
}
