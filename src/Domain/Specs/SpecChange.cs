using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Specs;

/// <summary>
/// Decides what becomes of a cluster whose user wants another spec: what is changed at once, and what cannot be. Every way to change a spec asks here. A field without a row
/// fails a test.
/// </summary>
public static class SpecChange
{
    private const string NotAtAll = "this cannot be changed after create";
    private const string Scaled = "this is changed by adding or removing nodes (agentctl postgres cluster scale)";
    private const string NotYet = "this cannot be changed after create in this version: no operation does it yet";

    private static readonly ImmutableArray<Field> _fixed =
    [
        new("spec.engine", spec => spec.Engine, NotAtAll),
        new("spec.postgres_version", spec => spec.PostgresVersion, NotYet),
        new("spec.node_count", spec => spec.NodeCount, Scaled),
        new("spec.durability", spec => spec.Durability, NotYet),
        new("spec.bootstrap.database", spec => spec.Bootstrap.Database, NotAtAll),
        new("spec.bootstrap.owner", spec => spec.Bootstrap.Owner, NotAtAll),
        new("spec.bootstrap.encoding", spec => spec.Bootstrap.Encoding, NotAtAll),
        new("spec.bootstrap.locale", spec => spec.Bootstrap.Locale, NotAtAll),
        new("spec.proxies.count", spec => spec.ProxyCount, NotYet),
        new("spec.placement.strict", spec => spec.Placement.Strict, NotYet),
        new("spec.placement.host_labels", spec => spec.Placement.HostLabels, NotYet),
        new("spec.resources.memory_bytes", spec => spec.Resources.MemoryBytes, NotYet),
        new("spec.resources.cpu_milli", spec => spec.Resources.CpuMilli, NotYet),
        new("spec.resources.disk_bytes", spec => spec.Resources.DiskBytes, NotYet),
    ];

    /// <summary>Decides. The spec is the wanted one, and the defaults are those of the cluster's day, but for what is changed at once; both count only without violations.</summary>
    public static Decision Decide(Cluster cluster, PostgresClusterSpec wanted) => new(
        wanted,
        cluster.Effective with
        {
            // Also the default of its day, where nothing is said and nothing was.
            DeletionProtection = wanted.DeletionProtection == cluster.Spec.DeletionProtection ? cluster.Effective.DeletionProtection : wanted.DeletionProtection ?? SpecDefaults.DeletionProtection,
            HangTimeout = wanted.Failover == cluster.Spec.Failover ? cluster.Effective.HangTimeout : wanted.Failover.HangTimeout ?? SpecDefaults.HangTimeout,
        },
        [.. _fixed.Where(field => !Equals(field.Of(cluster.Spec), field.Of(wanted))).Select(field => new Violation(field.Path, field.Why)), .. SpecValidator.CheckFailover(wanted.Failover)]);

    /// <summary>The present spec with what a change says; what it does not say stays.</summary>
    public static PostgresClusterSpec Merge(PostgresClusterSpec present, PostgresClusterSpec change) => new()
    {
        Engine = change.Engine ?? present.Engine,
        PostgresVersion = change.PostgresVersion ?? present.PostgresVersion,
        NodeCount = change.NodeCount ?? present.NodeCount,
        Durability = change.Durability ?? present.Durability,
        Bootstrap = new BootstrapSpec
        {
            Database = change.Bootstrap.Database ?? present.Bootstrap.Database,
            Owner = change.Bootstrap.Owner ?? present.Bootstrap.Owner,
            Encoding = change.Bootstrap.Encoding ?? present.Bootstrap.Encoding,
            Locale = change.Bootstrap.Locale ?? present.Bootstrap.Locale,
        },
        ProxyCount = change.ProxyCount ?? present.ProxyCount,
        Placement = new PlacementSpec
        {
            Strict = change.Placement.Strict ?? present.Placement.Strict,
            HostLabels = change.Placement.HostLabels.Count > 0 ? change.Placement.HostLabels : present.Placement.HostLabels,
        },
        Resources = new ResourcesSpec
        {
            MemoryBytes = change.Resources.MemoryBytes ?? present.Resources.MemoryBytes,
            CpuMilli = change.Resources.CpuMilli ?? present.Resources.CpuMilli,
            DiskBytes = change.Resources.DiskBytes ?? present.Resources.DiskBytes,
        },
        Failover = new FailoverSpec { HangTimeout = change.Failover.HangTimeout ?? present.Failover.HangTimeout },
        DeletionProtection = change.DeletionProtection ?? present.DeletionProtection,
    };

    /// <summary>
    /// A cluster that is to have so many nodes. What was not said follows as at a create, but for the durability: what commits wait for changes by a person's word alone.
    /// </summary>
    public static Cluster WithNodes(Cluster cluster, int count) => cluster with
    {
        Generation = cluster.Generation + 1,
        Spec = cluster.Spec with { NodeCount = count },
        Effective = cluster.Effective with { NodeCount = count, PlacementStrict = cluster.Spec.Placement.Strict ?? SpecDefaults.IsStrict(count) },
    };

    /// <summary>What was decided.</summary>
    /// <param name="Spec">What the user wrote, from now on.</param>
    /// <param name="Effective">The same with all defaults.</param>
    /// <param name="Violations">What cannot be changed, or not to that; nothing is when there are any.</param>
    public sealed record Decision(PostgresClusterSpec Spec, EffectiveSpec Effective, ImmutableArray<Violation> Violations);

    private sealed record Field(string Path, Func<PostgresClusterSpec, object?> Of, string Why);
}
