using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.V1;
using Grpc.Core;

namespace Agents.Perf.Scale;

/// <summary>PatroniService of any host of a <see cref="World"/>.</summary>
internal sealed class NodeAgent(World world, FleetState fleet) : PatroniService.PatroniServiceBase
{
    /// <inheritdoc/>
    public override Task<GetClusterResponse> GetCluster(GetClusterRequest request, ServerCallContext context) =>
        Task.FromResult(fleet.Says(world.Find(InstanceId.Parse(request.InstanceId))));

    /// <inheritdoc/>
    public override async Task WatchNodes(WatchNodesRequest request, IServerStreamWriter<WatchNodesResponse> responseStream, ServerCallContext context)
    {
        var host = HostAgent.HostOf(context);
        var news = fleet.Nodes(host);
        foreach (var node in world.ByHost[host].Where(instance => instance.Kind == InstanceKind.Postgres))
            await responseStream.WriteAsync(fleet.Told(node));
        await foreach (var told in news.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(told);
    }
}
