using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Operations;

/// <summary>Reads one operation.</summary>
internal sealed class GetOperationHandler(IStore store)
{
    /// <summary>The operation.</summary>
    public Task<Operation> HandleAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => OperationLookup.Get(reader, caller, id), cancellationToken);
}
