using System.Buffers;

namespace Grpc.Core;

/// <summary>Gives one message out of an array; serves <see cref="Marshaller{T}.Deserializer"/> of a marshaller made from contexts.</summary>
internal sealed class ArrayDeserializationContext : DeserializationContext
{
    private readonly byte[] _payload;

    /// <summary>Reads the given array, which nobody changes meanwhile.</summary>
    public ArrayDeserializationContext(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _payload = payload;
    }

    /// <inheritdoc/>
    public override int PayloadLength => _payload.Length;

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => (byte[])_payload.Clone();

    /// <inheritdoc/>
    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(_payload);
}
