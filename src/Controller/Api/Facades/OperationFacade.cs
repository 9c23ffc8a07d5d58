using System.Runtime.CompilerServices;
using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Operations;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Facades;

/// <summary>Operations in the words of the contract: gRPC serves this as it is, and REST calls it.</summary>
internal sealed class OperationFacade(
    ListOperationsHandler list, GetOperationHandler get, WatchOperationHandler watch, CancelOperationHandler cancel, WaitForOperation wait, IHostApplicationLifetime lifetime)
    : OperationService.OperationServiceBase
{
    /// <inheritdoc/>
    public override async Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context)
    {
        var page = await list.HandleAsync(request.Project, request.ResourceId, new Paging(request.PageSize, request.PageToken), context.Caller(), context.CancellationToken);
        return new ListOperationsResponse { Operations = { page.Items.Select(OperationMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <inheritdoc/>
    public override async Task<GetOperationResponse> GetOperation(GetOperationRequest request, ServerCallContext context) =>
        new() { Operation = OperationMapper.ToProto(await get.HandleAsync(request.Id, context.Caller(), context.CancellationToken)) };

    /// <summary>A watch ends when the controller shuts down; whoever watched asks another, or again.</summary>
    public override async Task WatchOperation(WatchOperationRequest request, IServerStreamWriter<WatchOperationResponse> responseStream, ServerCallContext context)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (var (_, operation) in WatchAsync(request.Id, context.Caller(), source.Token))
                await responseStream.WriteAsync(new WatchOperationResponse { Operation = operation }, source.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Errors.ShuttingDown();
        }
    }

    /// <summary>Follows an operation: each state with its sequence.</summary>
    public async IAsyncEnumerable<(long Sequence, Operation Operation)> WatchAsync(string id, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var operation in watch.HandleAsync(id, caller, cancellationToken))
            yield return (operation.Sequence, OperationMapper.ToProto(operation));
    }

    /// <inheritdoc/>
    public override async Task<CancelOperationResponse> CancelOperation(CancelOperationRequest request, ServerCallContext context) =>
        new() { Operation = OperationMapper.ToProto(await cancel.HandleAsync(request.Id, context.Caller(), context.CancellationToken)) };

    /// <summary>The operation at its end, or as it is when the time is over.</summary>
    public async Task<Operation> WaitAsync(string id, TimeSpan limit, Caller caller, CancellationToken cancellationToken) =>
        OperationMapper.ToProto(await wait.HandleAsync(await get.HandleAsync(id, caller, cancellationToken), limit, caller, cancellationToken));
}
