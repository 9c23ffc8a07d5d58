using Agents.Compat.Tests.Protos;

namespace Agents.Compat.Tests.Api;

/// <summary>A client made as test doubles are: by the constructor without a channel.</summary>
internal sealed class DoubleClient : EchoService.EchoServiceClient
{
}
