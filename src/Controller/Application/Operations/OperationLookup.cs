using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Operations;

/// <summary>Finds the operation that a request names. What the caller may not see is not there.</summary>
internal static class OperationLookup
{
    /// <summary>The operation. Refused when there is none.</summary>
    public static Operation Get(IStoreReader store, Caller caller, string id) =>
        OperationId.TryParse(id, out var parsed) && store.FindOperation(parsed) is { } operation && caller.MaySee(operation.Project)
            ? operation
            : throw Refusals.NotFound("operation", id);
}
