using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Overrides only what it must.</summary>
internal sealed class BareDeserializationContext : DeserializationContext
{
    /// <inheritdoc/>
    public override int PayloadLength => 0;
}
