using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Keeps the array that a serializer completed with.</summary>
internal sealed class RecordingContext : SerializationContext
{
    /// <summary>The array, or null.</summary>
    public byte[]? Payload { get; private set; }

    /// <inheritdoc/>
    public override void Complete(byte[] payload) => Payload = payload;
}
