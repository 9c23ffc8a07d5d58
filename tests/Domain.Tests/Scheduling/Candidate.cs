using System.Collections.Immutable;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;
using Agents.Testing;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>Makes hosts as the scheduler sees them.</summary>
internal static class Candidate
{
    /// <summary>A ready host with nothing on it.</summary>
    public static HostCandidate Ready(int number) => new()
    {
        Host = A.Host(number),
        State = HostState.Ready,
        StateReason = "",
        Facts = A.Facts(),
        ReservedMemoryBytes = 0,
        ReservedDiskBytes = 0,
        InstanceCount = 0,
        UsedPorts = [],
        UsedSubnets = [],
    };

    /// <summary>Some ready hosts, numbered from 1.</summary>
    public static ImmutableArray<HostCandidate> Ready(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Ready(number))];

    /// <summary>A request for a cluster.</summary>
    public static PlacementRequest Request(PostgresClusterSpec? spec = null, int hostCount = 3, int firstOrdinal = 1)
    {
        var cluster = A.Cluster();
        return new PlacementRequest(cluster.Ref, "default", "demo", SpecDefaults.Apply(spec ?? new PostgresClusterSpec(), hostCount), firstOrdinal, cluster.Revision, A.ImageSet());
    }
}
