using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts a message's bytes: once, through an array or through a buffer writer.</summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with the given bytes; the array belongs to the context from then on.</summary>
    public virtual void Complete(byte[] payload) => throw Unsupported();

    /// <summary>The writer for the message's bytes; ends with <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw Unsupported();

    /// <summary>Announces the exact number of bytes, before the buffer writer is asked for.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // Only a hint to contexts that can reserve room.
    }

    /// <summary>Ends the message that was written to the buffer writer.</summary>
    public virtual void Complete() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This serialization context does not take a message in this way.");
}
