using Agents.Domain.Model;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Specs between the contract and the domain. In the contract empty text and 0 say nothing; in the domain null does.</summary>
internal static class SpecMapper
{
    /// <summary>The spec that a request carries; nothing is said where there is none.</summary>
    public static PostgresClusterSpec ToDomain(V1.PostgresClusterSpec? spec) => spec is null ? new PostgresClusterSpec() : new PostgresClusterSpec
    {
        Engine = ToDomain(spec.Engine),
        PostgresVersion = NullIfEmpty(spec.PostgresVersion),
        NodeCount = spec.HasNodeCount ? spec.NodeCount : null,
        Durability = ToDomain(spec.Durability),
        Bootstrap = new BootstrapSpec
        {
            Database = NullIfEmpty(spec.Bootstrap?.Database),
            Owner = NullIfEmpty(spec.Bootstrap?.Owner),
            Encoding = NullIfEmpty(spec.Bootstrap?.Encoding),
            Locale = NullIfEmpty(spec.Bootstrap?.Locale),
        },
        ProxyCount = spec.Proxies is { HasCount: true } proxies ? proxies.Count : null,
        Placement = new PlacementSpec
        {
            Strict = spec.Placement is { HasStrict: true } placement ? placement.Strict : null,
            HostLabels = ToDomain(spec.Placement?.HostLabels),
        },
        Resources = new ResourcesSpec
        {
            MemoryBytes = NullIfZero(spec.Resources?.MemoryBytes),
            CpuMilli = NullIfZero(spec.Resources?.CpuMilli),
            DiskBytes = NullIfZero(spec.Resources?.DiskBytes),
        },
        Failover = new FailoverSpec { HangTimeout = spec.Failover?.HangTimeout?.ToTimeSpan() },
        DeletionProtection = spec.HasDeletionProtection ? spec.DeletionProtection : null,
    };

    /// <summary>What the user wrote; parts of which nothing was said are not set.</summary>
    public static V1.PostgresClusterSpec ToProto(PostgresClusterSpec spec)
    {
        var proto = new V1.PostgresClusterSpec
        {
            Engine = ToProto(spec.Engine),
            PostgresVersion = spec.PostgresVersion ?? "",
            Durability = ToProto(spec.Durability),
        };
        if (spec.NodeCount is { } nodeCount)
            proto.NodeCount = nodeCount;
        if (spec.Bootstrap != new BootstrapSpec())
            proto.Bootstrap = BootstrapOf(spec.Bootstrap);
        if (spec.ProxyCount is { } proxyCount)
            proto.Proxies = new V1.Proxies { Count = proxyCount };
        if (spec.Placement != new PlacementSpec())
            proto.Placement = PlacementOf(spec.Placement);
        if (spec.Resources != new ResourcesSpec())
            proto.Resources = ResourcesOf(spec.Resources);
        if (spec.Failover.HangTimeout is { } timeout)
            proto.Failover = FailoverOf(timeout);
        if (spec.DeletionProtection is { } protection)
            proto.DeletionProtection = protection;
        return proto;
    }

    /// <summary>The spec with all defaults.</summary>
    public static V1.PostgresClusterSpec ToProto(EffectiveSpec spec) => new()
    {
        Engine = ToProto(spec.Engine),
        PostgresVersion = spec.PostgresVersion,
        NodeCount = spec.NodeCount,
        Durability = ToProto(spec.Durability),
        Bootstrap = new V1.Bootstrap { Database = spec.Database, Owner = spec.Owner, Encoding = spec.Encoding, Locale = spec.Locale },
        Proxies = new V1.Proxies { Count = spec.ProxyCount },
        Placement = PlacementOf(new PlacementSpec { Strict = spec.PlacementStrict, HostLabels = spec.HostLabels }),
        Resources = new V1.Resources { MemoryBytes = spec.MemoryBytes, CpuMilli = spec.CpuMilli, DiskBytes = spec.DiskBytes },
        Failover = FailoverOf(spec.HangTimeout),
        DeletionProtection = spec.DeletionProtection,
    };

    /// <summary>Labels of a request.</summary>
    public static LabelSet ToDomain(MapField<string, string>? labels) => labels is null ? LabelSet.Empty : new LabelSet(labels);

    private static V1.Bootstrap BootstrapOf(BootstrapSpec spec) =>
        new() { Database = spec.Database ?? "", Owner = spec.Owner ?? "", Encoding = spec.Encoding ?? "", Locale = spec.Locale ?? "" };

    private static V1.Placement PlacementOf(PlacementSpec spec)
    {
        var proto = new V1.Placement();
        if (spec.Strict is { } strict)
            proto.Strict = strict;
        proto.HostLabels.Add(spec.HostLabels.Values.ToDictionary());
        return proto;
    }

    private static V1.Resources ResourcesOf(ResourcesSpec spec) =>
        new() { MemoryBytes = spec.MemoryBytes ?? 0, CpuMilli = spec.CpuMilli ?? 0, DiskBytes = spec.DiskBytes ?? 0 };

    private static V1.Failover FailoverOf(TimeSpan hangTimeout) => new() { HangTimeout = hangTimeout.ToDuration() };

    private static Engine? ToDomain(V1.Engine engine) => ContractEnums.Known("spec.engine", engine) switch
    {
        V1.Engine.Unspecified => null,
        V1.Engine.Patroni => Engine.Patroni,
        V1.Engine.PgAutoFailover => Engine.PgAutoFailover,
    };

    private static Durability? ToDomain(V1.Durability durability) => ContractEnums.Known("spec.durability", durability) switch
    {
        V1.Durability.Unspecified => null,
        V1.Durability.Async => Durability.Async,
        V1.Durability.Sync => Durability.Sync,
        V1.Durability.Quorum => Durability.Quorum,
        V1.Durability.Strict => Durability.Strict,
    };

    private static V1.Engine ToProto(Engine? engine) => engine is { } said ? ToProto(said) : V1.Engine.Unspecified;

    private static V1.Engine ToProto(Engine engine) => engine switch
    {
        Engine.Patroni => V1.Engine.Patroni,
        Engine.PgAutoFailover => V1.Engine.PgAutoFailover,
    };

    private static V1.Durability ToProto(Durability? durability) => durability is { } said ? ToProto(said) : V1.Durability.Unspecified;

    private static V1.Durability ToProto(Durability durability) => durability switch
    {
        Durability.Async => V1.Durability.Async,
        Durability.Sync => V1.Durability.Sync,
        Durability.Quorum => V1.Durability.Quorum,
        Durability.Strict => V1.Durability.Strict,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static long? NullIfZero(long? number) => number is 0 ? null : number;
}
