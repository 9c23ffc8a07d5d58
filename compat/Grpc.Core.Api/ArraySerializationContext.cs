using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message into an array; serves <see cref="Marshaller{T}.Serializer"/> of a marshaller made from contexts.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;

    /// <summary>The finished message.</summary>
    public byte[] Payload => _payload ?? throw new InvalidOperationException("The serializer returned without completing the message.");

    /// <inheritdoc/>
    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _payload = _payload is null ? payload : throw AlreadyComplete();
    }

    /// <inheritdoc/>
    public override IBufferWriter<byte> GetBufferWriter() => _payload is null ? _writer ??= new ArrayBufferWriter<byte>() : throw AlreadyComplete();

    /// <inheritdoc/>
    public override void Complete() => Complete(_writer?.WrittenSpan.ToArray() ?? []);

    private static InvalidOperationException AlreadyComplete() => new("The message is already complete.");
}
