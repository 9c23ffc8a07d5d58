using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Specs;

/// <summary>The defaults of a cluster's spec.</summary>
public static class SpecDefaults
{
    /// <summary>Whether a delete is refused where nothing is said.</summary>
    public const bool DeletionProtection = true;

    /// <summary>For how long a primary may give no answer where nothing is said.</summary>
    public static TimeSpan HangTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Fills in what the user did not say. <paramref name="hostCount"/> is the number of hosts that the cluster could use.</summary>
    public static EffectiveSpec Apply(PostgresClusterSpec spec, int hostCount)
    {
        var engine = spec.Engine ?? EngineTable.Default.Engine;
        var nodeCount = spec.NodeCount ?? 3;
        return new EffectiveSpec
        {
            Engine = engine,
            PostgresVersion = spec.PostgresVersion ?? "17",
            NodeCount = nodeCount,
            Durability = spec.Durability ?? DurabilityFor(nodeCount),
            Database = spec.Bootstrap.Database ?? "app",
            Owner = spec.Bootstrap.Owner ?? "app",
            Encoding = spec.Bootstrap.Encoding ?? "UTF8",
            Locale = spec.Bootstrap.Locale ?? "C.UTF-8",
            CoordinatorCount = EngineTable.Find(engine)?.CoordinatorCount ?? EngineTable.Default.CoordinatorCount,
            ProxyCount = spec.ProxyCount ?? Math.Clamp(hostCount, 1, 2),
            PlacementStrict = spec.Placement.Strict ?? IsStrict(nodeCount),
            HostLabels = spec.Placement.HostLabels,
            MemoryBytes = spec.Resources.MemoryBytes ?? KindProfile.Node.MemoryBytes,
            CpuMilli = spec.Resources.CpuMilli ?? 0,
            DiskBytes = spec.Resources.DiskBytes ?? KindProfile.Node.DiskBytes,
            DeletionProtection = spec.DeletionProtection ?? DeletionProtection,
            HangTimeout = spec.Failover.HangTimeout ?? HangTimeout,
        };
    }

    /// <summary>Whether nodes must be on different hosts where nothing is said.</summary>
    public static bool IsStrict(int nodeCount) => nodeCount > 1;

    private static Durability DurabilityFor(int nodeCount) => nodeCount switch
    {
        1 => Durability.Async,
        2 => Durability.Sync,
        _ => Durability.Quorum,
    };
}
