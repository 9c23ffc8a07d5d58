using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Execution;

/// <summary>Ports held by a call: they are let go when it ends.</summary>
internal sealed class GrpcHeldPorts(AsyncServerStreamingCall<HoldPortsResponse> call, IReadOnlyList<PortCheck> results) : IHeldPorts
{
    /// <inheritdoc/>
    public IReadOnlyList<PortCheck> Results => results;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
