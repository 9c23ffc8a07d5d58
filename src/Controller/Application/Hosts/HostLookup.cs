using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>Finds the host that a request names by id or by project and name. What the caller may not see is not there.</summary>
internal static class HostLookup
{
    /// <summary>The host. Refused when there is none.</summary>
    public static Host Get(IStoreReader store, Caller caller, string project, string idOrName)
    {
        var host = HostId.TryParse(idOrName, out var id) ? store.FindHost(id) : store.FindHost(caller.ProjectOf(project), idOrName);
        return host is not null && caller.MaySee(host.Project) ? host : throw Refusals.NotFound("host", idOrName);
    }
}
