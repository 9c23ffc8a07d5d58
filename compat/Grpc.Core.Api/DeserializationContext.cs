using System.Buffers;

namespace Grpc.Core;

/// <summary>Gives a deserializer the bytes of one message. They are read once and not kept after the deserializer returns.</summary>
public abstract class DeserializationContext
{
    /// <summary>The number of bytes of the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The bytes as a new array that belongs to the caller.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException("This deserialization context does not give its message as an array.");

    /// <summary>The bytes without a copy where the context can; valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
