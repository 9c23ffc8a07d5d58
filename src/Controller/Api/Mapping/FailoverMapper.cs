using Agents.Controller.Application.Clusters;
using Agents.Domain.Planning;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Who has led a cluster, for the contract.</summary>
internal static class FailoverMapper
{
    /// <summary>The answer.</summary>
    public static ListPostgresClusterFailoversResponse ToProto(ClusterFailovers failovers) =>
        new() { Failovers = { failovers.Entries.Select(ToProto) }, EngineReadAt = failovers.EngineReadAt?.ToTimestamp() };

    private static PostgresClusterFailover ToProto(FailoverEntry entry) => new()
    {
        At = entry.At?.ToTimestamp(),
        From = entry.From,
        To = entry.To,
        Timeline = entry.Timeline,
        Lsn = entry.Lsn,
        Took = entry.Took?.ToDuration(),
        Operation = entry.Operation is { } operation ? OperationMapper.ToProto(operation) : null,
        Evidence = entry.Evidence,
    };
}
