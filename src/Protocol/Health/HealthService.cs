using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Agents.Protocol.Health;

/// <summary>The standard health service over <see cref="ServingStatusTable"/>.</summary>
public sealed class HealthService(ServingStatusTable table) : Grpc.Health.V1.Health.HealthBase
{
    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        table.Find(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw RpcErrors.Create(StatusCode.NotFound, ErrorReasons.NotFound, $"The service '{request.Service}' is not known.");

    /// <inheritdoc/>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ServingStatus? told = null;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var changed = table.Changed;
            var status = table.Find(request.Service) ?? ServingStatus.ServiceUnknown;
            if (status != told)
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
            told = status;
            await changed.WaitAsync(context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
