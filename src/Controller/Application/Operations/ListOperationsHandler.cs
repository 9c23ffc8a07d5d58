using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Operations;

/// <summary>Reads the operations, newest first.</summary>
internal sealed class ListOperationsHandler(IStore store)
{
    /// <summary>One page of them; of one resource when its id is given.</summary>
    public Task<Page<Operation>> HandleAsync(string project, string resourceId, Paging paging, Caller caller, CancellationToken cancellationToken)
    {
        var filter = new OperationFilter(caller.FilterOf(project), ResourceOf(resourceId), BeforeOf(paging), paging.CountMax + 1);
        return store.ReadAsync(reader => paging.CutOneMore(reader.ListOperations(filter), operation => operation.Id.ToString()), cancellationToken);
    }

    private static Guid? ResourceOf(string resourceId)
    {
        if (resourceId.Length == 0)
            return null;
        return Guid.TryParseExact(resourceId, "D", out var id) ? id : throw Refusals.Invalid("resource_id", "use the id of a resource: a lower-case GUID with hyphens");
    }

    private static OperationId? BeforeOf(Paging paging)
    {
        if (paging.After is not { } after)
            return null;
        return OperationId.TryParse(after, out var id) ? id : throw Paging.Invalid();
    }
}
