using Agents.Controller.Api.Facades;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>Operations over gRPC. A watch ends when the controller shuts down; whoever watched asks another, or again.</summary>
internal sealed class OperationEndpoint(OperationFacade operations, IHostApplicationLifetime lifetime) : OperationService.OperationServiceBase
{
    /// <inheritdoc/>
    public override Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context) =>
        operations.ListAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetOperationResponse> GetOperation(GetOperationRequest request, ServerCallContext context) =>
        operations.GetAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task WatchOperation(WatchOperationRequest request, IServerStreamWriter<WatchOperationResponse> responseStream, ServerCallContext context)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (var (_, operation) in operations.WatchAsync(request, context.Caller(), source.Token))
                await responseStream.WriteAsync(new WatchOperationResponse { Operation = operation }, source.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Errors.ShuttingDown();
        }
    }

    /// <inheritdoc/>
    public override Task<CancelOperationResponse> CancelOperation(CancelOperationRequest request, ServerCallContext context) =>
        operations.CancelAsync(request, context.Caller(), context.CancellationToken);
}
