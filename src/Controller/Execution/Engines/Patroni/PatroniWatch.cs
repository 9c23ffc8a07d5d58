using Agents.Controller.Observation;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Follows what the nodes of a host say, and keeps the last word of each.</summary>
internal sealed class PatroniWatch(TimeProvider timeProvider) : ISessionWatch
{
    /// <summary>The most nodes of a host that are kept, and the largest word of one: others are asked when they are looked at.</summary>
    public const int NodesMax = 500;

    /// <summary>As above.</summary>
    public const int ReportBytesMax = 16 * 1024;

    /// <inheritdoc/>
    public string Capability => Capabilities.Patroni;

    /// <inheritdoc/>
    public async Task FollowAsync(CallInvoker invoker, Action<Func<HostObservation, HostObservation>> update, CancellationToken cancellationToken)
    {
        using var call = new PatroniService.PatroniServiceClient(invoker).WatchNodes(new WatchNodesRequest(), cancellationToken: cancellationToken);
        try
        {
            await foreach (var told in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                if (InstanceId.TryParse(told.InstanceId, out var node))
                    update(seen => Keep(seen with { LastSeenAt = timeProvider.GetUtcNow() }, node, told.Cluster));
            }
        }
        finally
        {
            update(seen => seen with { Reports = seen.Reports.RemoveRange(seen.Reports.Where(report => report.Value is PatroniReport).Select(report => report.Key)) });
        }
    }

    private static HostObservation Keep(HostObservation seen, InstanceId node, GetClusterResponse? told)
    {
        if (told is null || told.CalculateSize() > ReportBytesMax || (seen.Reports.Count >= NodesMax && !seen.Reports.ContainsKey(node)))
            return seen with { Reports = seen.Reports.Remove(node) };
        return seen with { Reports = seen.Reports.SetItem(node, GrpcPatroniAgent.ReportOf(told)) };
    }
}
