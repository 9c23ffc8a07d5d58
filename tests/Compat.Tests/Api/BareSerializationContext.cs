using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Overrides nothing.</summary>
internal sealed class BareSerializationContext : SerializationContext
{
}
