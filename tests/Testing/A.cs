using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Specs;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Testing;

/// <summary>Makes valid records for tests; what a test is about it changes with <c>with</c>.</summary>
internal static class A
{
    /// <summary>The time at which everything happens that says nothing else.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A clock that stands at <see cref="Time"/> until a test moves it; timers that come due fire on the way.</summary>
    public static FakeTimeProvider Clock() => new(Time);

    /// <summary>Who asks for everything that says nothing else.</summary>
    public static Origin Origin { get; } = new("admin", "127.0.0.1", "a test", "request-1");

    /// <summary>A host with an address made from its number.</summary>
    public static Domain.Model.Host Host(int number = 1) => new()
    {
        Id = new HostId(Id(0xA, number)),
        Project = "default",
        Name = string.Create(CultureInfo.InvariantCulture, $"h{number}"),
        Labels = new LabelSet([new("zone", "a")]),
        ClusterAddress = string.Create(CultureInfo.InvariantCulture, $"10.0.0.{number}"),
        ClientAddress = string.Create(CultureInfo.InvariantCulture, $"10.0.0.{number}"),
        PortFirst = 20000,
        PortLast = 20999,
        NetworkPool = "10.210.0.0/16",
        Generation = 1,
        EnrolledAt = Time,
    };

    /// <summary>The facts of a host with room for a few nodes.</summary>
    public static HostFacts Facts() => new()
    {
        Hostname = "h1",
        OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
        KernelVersion = "6.1.0",
        Architecture = "amd64",
        Cpus = 4,
        MemoryBytes = 8L << 30,
        MemoryAvailableBytes = 6L << 30,
        DiskBytes = 100L << 30,
        DiskFreeBytes = 80L << 30,
        DockerReachable = true,
        DockerError = "",
        DockerVersion = "20.10.24",
        DockerApiVersion = "1.41",
        StorageDriver = "overlay2",
        CgroupVersion = 2,
        LiveRestore = true,
        Clock = Time,
        ClockOffset = TimeSpan.Zero,
    };

    /// <summary>A cluster of three nodes.</summary>
    public static Cluster Cluster(int number = 1)
    {
        var spec = new PostgresClusterSpec { NodeCount = 3, Durability = Durability.Quorum };
        return new Cluster
        {
            Id = new ClusterId(Id(0xC, number)),
            Project = "default",
            Name = string.Create(CultureInfo.InvariantCulture, $"demo{number}"),
            Labels = LabelSet.Empty,
            Spec = spec,
            Effective = SpecDefaults.Apply(spec, hostCount: 3),
            Revision = "patroni-1",
            ImageSet = "17-1",
            Generation = 1,
            Lifecycle = ClusterLifecycle.Active,
            NextOrdinal = 1,
            CreatedAt = Time.AddSeconds(number),
        };
    }

    /// <summary>An instance of a cluster on a host, with ports made from its ordinal.</summary>
    public static Instance Instance(Cluster cluster, Domain.Model.Host host, InstanceKind kind = InstanceKind.Postgres, int ordinal = 1) => new()
    {
        Id = InstanceId.Derive(cluster.Ref, kind, ordinal),
        Owner = cluster.Ref,
        HostId = host.Id,
        Kind = kind,
        Ordinal = ordinal,
        Member = string.Create(CultureInfo.InvariantCulture, $"{cluster.Name}-{ordinal}"),
        ClusterAddress = host.ClusterAddress,
        ClientAddress = host.ClientAddress,
        Ports = ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, [new KeyValuePair<string, int>("postgres", 20000 + 2 * ordinal), new KeyValuePair<string, int>("rest", 20001 + 2 * ordinal)]),
        Subnet = "10.210.0.0/28",
        Generation = 1,
        Revision = cluster.Revision,
        ImageLabel = $"{KindProfile.Of(kind).Image}:{cluster.ImageSet}",
        PlacementReason = "it has the fewest instances",
    };

    /// <summary>An operation that makes a cluster.</summary>
    public static Operation Operation(int number = 1, Cluster? cluster = null)
    {
        var about = cluster ?? Cluster();
        return new Operation
        {
            Id = new OperationId(Id(0xE, number)),
            Kind = OperationKinds.PostgresClusterCreate,
            Project = about.Project,
            Resource = about.Ref,
            ResourceName = about.Name,
            State = OperationState.Pending,
            Steps = [new OperationStep { Name = "place" }, new OperationStep { Name = "start etcd" }],
            Arguments = "{}",
            Origin = Origin,
            CreatedAt = Time.AddSeconds(number),
            UpdatedAt = Time.AddSeconds(number),
        };
    }

    /// <summary>An image set.</summary>
    public static ImageSet ImageSet(string version = "17-1") => new(version, [Image("postgres", version), Image("etcd", version), Image("haproxy", version)]);

    private static ImageSetImage Image(string name, string version) => new()
    {
        Name = name,
        Reference = $"agents/{name}:{version}",
        Label = $"{name}:{version}",
        ConfigDigest = "sha256:" + new string('1', 64),
        ArchiveSha256 = new string('2', 64),
        ArchiveBytes = 1000,
    };

    public static Guid Id(int kind, int number) => new(string.Create(CultureInfo.InvariantCulture, $"{kind:x8}-0000-4000-8000-{number:x12}"));
}
