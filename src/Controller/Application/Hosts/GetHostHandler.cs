using Agents.Controller.Stores;

namespace Agents.Controller.Application.Hosts;

/// <summary>Reads one host.</summary>
internal sealed class GetHostHandler(IStore store, HostViews views)
{
    /// <summary>The host by id or name.</summary>
    public Task<HostView> HandleAsync(string project, string idOrName, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => views.Of(reader, HostLookup.Get(reader, caller, project, idOrName)), cancellationToken);
}
