using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Links;
using Agents.Controller.Observation;
using Agents.Domain.Model;
using Grpc.Core;

namespace Agents.Controller.Execution;

/// <summary>The agents behind the links that are up now. A link counts when what its agent has obeyed was looked at: before, it may yet show that the store is older than the fleet.</summary>
internal sealed class GrpcAgents(LinkRegistry links, IFleetView fleet, IControllerIdentity identity) : IAgents, IPatroniAgents
{
    /// <inheritdoc/>
    public IAgent? Find(HostId host) => InvokerOf(host) is { } invoker ? new GrpcAgent(invoker, identity) : null;

    /// <inheritdoc/>
    public IPatroniAgent? FindPatroni(HostId host) => InvokerOf(host) is { } invoker ? new GrpcPatroniAgent(invoker, identity) : null;

    private CallInvoker? InvokerOf(HostId host) => links.TryGet(host, out var session) && fleet.Host(host).SessionId == session.SessionId ? session.Invoker : null;
}
