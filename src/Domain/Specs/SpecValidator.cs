using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Domain.Specs;

/// <summary>Finds everything that is wrong with a cluster's spec at once, before anything is done.</summary>
public static class SpecValidator
{
    /// <summary>How many nodes a cluster has at most.</summary>
    public const int NodesMax = 9;

    private const long Mebibyte = 1024 * 1024;

    private static readonly TimeSpan _hangTimeoutMin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _hangTimeoutMax = TimeSpan.FromMinutes(10);

    /// <summary>The PostgreSQL major versions that can be created.</summary>
    public static IReadOnlyList<string> PostgresVersions { get; } = ["17"];

    /// <summary>What is wrong with a create; empty when nothing is.</summary>
    public static IReadOnlyList<Violation> Check(string? name, LabelSet labels, PostgresClusterSpec spec) =>
    [
        .. CheckName(name),
        .. LabelRules.Check("labels", labels.Values),
        .. CheckEngine(spec),
        .. CheckCounts(spec),
        .. CheckBootstrap(spec.Bootstrap),
        .. LabelRules.Check("spec.placement.host_labels", spec.Placement.HostLabels.Values),
        .. CheckResources(spec.Resources),
        .. CheckFailover(spec.Failover),
    ];

    private static IEnumerable<Violation> CheckName(string? name)
    {
        if (!ResourceName.IsValid(name))
            yield return new Violation("name", ResourceName.Rule);
    }

    private static IEnumerable<Violation> CheckEngine(PostgresClusterSpec spec)
    {
        if (spec.Engine is { } engine && EngineTable.Find(engine) is null)
            yield return new Violation("spec.engine", $"this version creates clusters with {string.Join(" or ", EngineTable.All.Select(known => $"\"{known.Word}\""))} only");
        if (spec.PostgresVersion is { } version && !PostgresVersions.Contains(version))
            yield return new Violation("spec.postgres_version", $"use one of: {string.Join(", ", PostgresVersions)}");
    }

    private static IEnumerable<Violation> CheckCounts(PostgresClusterSpec spec)
    {
        if (spec.NodeCount is < 1 or > NodesMax)
            yield return new Violation("spec.node_count", $"use 1 to {NodesMax}: the primary and its replicas");
        if (spec.ProxyCount is < 1 or > 9)
            yield return new Violation("spec.proxies.count", "use 1 to 9");
        if (spec is { NodeCount: 1, Durability: Durability.Sync or Durability.Quorum or Durability.Strict })
            yield return new Violation("spec.durability", "a single node has no replica to wait for: use \"async\", or a node_count of 2 or more");
    }

    private static IEnumerable<Violation> CheckBootstrap(BootstrapSpec bootstrap)
    {
        if (bootstrap.Database is { } database && !IsIdentifier(database))
            yield return new Violation("spec.bootstrap.database", IdentifierRule);
        else if (bootstrap.Database is "postgres" or "template0" or "template1")
            yield return new Violation("spec.bootstrap.database", "this database is PostgreSQL's own: choose another name");
        if (bootstrap.Owner is { } owner && !IsIdentifier(owner))
            yield return new Violation("spec.bootstrap.owner", IdentifierRule);
        else if (bootstrap.Owner is { } role && InternalRoles.IsReserved(role))
            yield return new Violation("spec.bootstrap.owner", "this name, as all that begin with \"agents_\" or \"pg_\", is the system's own: choose another");
        if (bootstrap.Encoding is { } encoding && encoding != "UTF8")
            yield return new Violation("spec.bootstrap.encoding", "use \"UTF8\"");
        if (bootstrap.Locale is { } locale && locale is not ("C.UTF-8" or "C"))
            yield return new Violation("spec.bootstrap.locale", "use \"C.UTF-8\" or \"C\", the locales that do not change with the operating system");
    }

    private static IEnumerable<Violation> CheckResources(ResourcesSpec resources)
    {
        if (resources.MemoryBytes is < 256 * Mebibyte or > 16384L * 1024 * Mebibyte)
            yield return new Violation("spec.resources.memory_bytes", "use 256 MiB (268435456) or more, at most 16 TiB");
        if (resources.CpuMilli is < 100 or > 1024_000)
            yield return new Violation("spec.resources.cpu_milli", "use 100 to 1024000 thousandths of a processor");
        if (resources.DiskBytes is < 1024 * Mebibyte or > 1024L * 1024 * 1024 * Mebibyte)
            yield return new Violation("spec.resources.disk_bytes", "use 1 GiB (1073741824) or more, at most 1 PiB");
    }

    /// <summary>What is wrong with a part that can be changed at any time.</summary>
    internal static IEnumerable<Violation> CheckFailover(FailoverSpec failover)
    {
        if (failover.HangTimeout is { } timeout && timeout != TimeSpan.Zero && (timeout < _hangTimeoutMin || timeout > _hangTimeoutMax))
            yield return new Violation("spec.failover.hang_timeout", "use 0 to wait for ever, or 3 to 600 seconds");
    }

    private const string IdentifierRule = "use 1 to 63 lower-case letters, digits and underscores, beginning with a letter";

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 63
        && char.IsAsciiLetterLower(name[0])
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');
}
