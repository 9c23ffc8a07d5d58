using Agents.Controller.Links;
using Agents.Controller.Observation;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>The agents behind the links that are up now. A link counts when what its agent has obeyed was looked at: before, it may yet show that the store is older than the fleet.</summary>
internal sealed class GrpcAgents(ILinks links, IFleetView fleet, IControllerIdentity identity) : IAgents
{
    /// <inheritdoc/>
    public IAgent? Find(HostId host) =>
        links.TryGet(host, out var session) && fleet.Host(host).SessionId == session.SessionId ? new GrpcAgent(session.Invoker, identity) : null;
}
