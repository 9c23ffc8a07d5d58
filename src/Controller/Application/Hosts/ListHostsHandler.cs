using Agents.Controller.Stores;

namespace Agents.Controller.Application.Hosts;

/// <summary>Reads the hosts by project and name.</summary>
internal sealed class ListHostsHandler(IStore store, HostViews views)
{
    /// <summary>One page of them.</summary>
    public Task<Page<HostView>> HandleAsync(string project, Paging paging, Caller caller, CancellationToken cancellationToken) => store.ReadAsync(
        reader =>
        {
            var hosts = paging.CutOrdered(reader.ListHosts(caller.FilterOf(project)), host => $"{host.Project}\0{host.Name}");
            return new Page<HostView>(views.Of(reader, hosts.Items), hosts.NextToken);
        },
        cancellationToken);
}
