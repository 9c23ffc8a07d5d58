using Agents.Controller.Links;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>The agents behind the links that are up now.</summary>
internal sealed class GrpcAgents(ILinks links, IControllerIdentity identity) : IAgents
{
    /// <inheritdoc/>
    public IAgent? Find(HostId host) => links.TryGet(host, out var session) ? new GrpcAgent(session.Invoker, identity) : null;
}
