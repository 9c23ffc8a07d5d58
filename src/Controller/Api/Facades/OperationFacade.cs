using System.Runtime.CompilerServices;
using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Operations;
using Agents.V1;

namespace Agents.Controller.Api.Facades;

/// <summary>Operations in the words of the contract: what gRPC and REST both serve.</summary>
internal sealed class OperationFacade(
    ListOperationsHandler list, GetOperationHandler get, WatchOperationHandler watch, CancelOperationHandler cancel, WaitForOperation wait)
{
    /// <summary>Reads the operations.</summary>
    public async Task<ListOperationsResponse> ListAsync(ListOperationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var page = await list.HandleAsync(request.Project, request.ResourceId, new Paging(request.PageSize, request.PageToken), caller, cancellationToken);
        return new ListOperationsResponse { Operations = { page.Items.Select(OperationMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <summary>Reads an operation.</summary>
    public async Task<GetOperationResponse> GetAsync(GetOperationRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Operation = OperationMapper.ToProto(await get.HandleAsync(request.Id, caller, cancellationToken)) };

    /// <summary>Follows an operation: each state with its sequence.</summary>
    public async IAsyncEnumerable<(long Sequence, Operation Operation)> WatchAsync(
        WatchOperationRequest request, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var operation in watch.HandleAsync(request.Id, caller, cancellationToken))
            yield return (operation.Sequence, OperationMapper.ToProto(operation));
    }

    /// <summary>Asks for the end of an operation.</summary>
    public async Task<CancelOperationResponse> CancelAsync(CancelOperationRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Operation = OperationMapper.ToProto(await cancel.HandleAsync(request.Id, caller, cancellationToken)) };

    /// <summary>The operation at its end, or as it is when the time is over.</summary>
    public async Task<Operation> WaitAsync(string id, TimeSpan limit, Caller caller, CancellationToken cancellationToken) =>
        OperationMapper.ToProto(await wait.HandleAsync(await get.HandleAsync(id, caller, cancellationToken), limit, caller, cancellationToken));
}
