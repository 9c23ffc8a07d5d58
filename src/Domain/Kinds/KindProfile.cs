using System.Collections.Immutable;
using System.Globalization;
using Agents.Words;

namespace Agents.Domain.Kinds;

/// <summary>
/// Everything that depends on the kind of an instance and not on its engine: one row per kind. A kind without a row does not compile, and what asks for a kind's name
/// elsewhere fails a test: ask the profile instead.
/// </summary>
public sealed record KindProfile
{
    /// <summary>The port of etcd for its peers, TLS with a client certificate.</summary>
    public const string EtcdPeerPort = "peer";

    /// <summary>The port of an entrance that leads to the primary.</summary>
    public const string ReadWritePort = "read_write";

    /// <summary>The port of an entrance that leads to the replicas.</summary>
    public const string ReadOnlyPort = "read_only";

    /// <summary>The port of HAProxy's statistics page, with a password.</summary>
    public const string StatisticsPort = "statistics";

    private const long Mebibyte = 1024 * 1024;

    /// <summary>Who may reach a port.</summary>
    public enum Audience
    {
        /// <summary>The other instances of the resource, and the agents: at the host's cluster address.</summary>
        Peers,

        /// <summary>Applications: at the host's client address.</summary>
        Applications,
    }

    /// <summary>Who makes sense of what an instance writes to its log.</summary>
    public enum LogFormat
    {
        /// <summary>PostgreSQL's own lines.</summary>
        Postgres,

        /// <summary>A JSON object per line, as etcd writes.</summary>
        Json,

        /// <summary>Plain lines.</summary>
        Text,
    }

    /// <summary>A PostgreSQL node.</summary>
    public static KindProfile Postgres { get; } = new()
    {
        Kind = InstanceKind.Postgres,
        Word = InstanceKinds.Postgres,
        Noun = "node",
        Nouns = "nodes",
        Image = "postgres",
        User = 800,
        Suffix = "",
        StartOrder = 1,
        HoldsData = true,
        IsNode = true,
        IsCoordinator = false,
        IsEntrance = false,
        IsSpread = true,
        MemoryBytes = 512 * Mebibyte,
        DiskBytes = 10 * 1024 * Mebibyte,
        StopTimeout = TimeSpan.FromSeconds(120),
        ReloadSignal = "SIGHUP",
        Log = LogFormat.Postgres,
        Ports = [new Port(PortNames.Postgres, Audience.Peers), new Port(PortNames.PatroniRest, Audience.Peers)],
    };

    /// <summary>An etcd member.</summary>
    public static KindProfile Etcd { get; } = new()
    {
        Kind = InstanceKind.Etcd,
        Word = InstanceKinds.Etcd,
        Noun = "etcd member",
        Nouns = "etcd members",
        Image = "etcd",
        User = 801,
        Suffix = "-etcd",
        StartOrder = 0,
        HoldsData = true,
        IsNode = false,
        IsCoordinator = true,
        IsEntrance = false,
        IsSpread = true,
        MemoryBytes = 512 * Mebibyte,
        DiskBytes = 1536 * Mebibyte, // Three parts: its database, a copy of it on the way to another member, and its log.
        StopTimeout = TimeSpan.FromSeconds(20),
        ReloadSignal = "",
        Log = LogFormat.Json,
        Ports = [new Port(PortNames.EtcdClient, Audience.Peers), new Port(EtcdPeerPort, Audience.Peers)],
    };

    /// <summary>A HAProxy.</summary>
    public static KindProfile Haproxy { get; } = new()
    {
        Kind = InstanceKind.Haproxy,
        Word = InstanceKinds.Haproxy,
        Noun = "proxy",
        Nouns = "proxies",
        Image = "haproxy",
        User = 802,
        Suffix = "-proxy",
        StartOrder = 2,
        HoldsData = false,
        IsNode = false,
        IsCoordinator = false,
        IsEntrance = true,
        IsSpread = false,
        MemoryBytes = 256 * Mebibyte,
        DiskBytes = 64 * Mebibyte,
        StopTimeout = TimeSpan.FromSeconds(10),
        ReloadSignal = "SIGUSR2",
        Log = LogFormat.Text,
        Ports = [new Port(ReadWritePort, Audience.Applications), new Port(ReadOnlyPort, Audience.Applications), new Port(StatisticsPort, Audience.Peers)],
    };

    /// <summary>What the nodes of clusters are.</summary>
    public static KindProfile Node => Postgres;

    /// <summary>All rows, in the order of the kinds.</summary>
    public static ImmutableArray<KindProfile> All { get; } = [.. Enum.GetValues<InstanceKind>().Select(Of)];

    /// <summary>The kind.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>Its word in labels, records and the contract.</summary>
    public required string Word { get; init; }

    /// <summary>What one of them is called.</summary>
    public required string Noun { get; init; }

    /// <summary>What several of them are called.</summary>
    public required string Nouns { get; init; }

    /// <summary>The name of its image in an image set.</summary>
    public required string Image { get; init; }

    /// <summary>User and group that it runs as: fixed in its image by the Dockerfile.</summary>
    public required int User { get; init; }

    /// <summary>What stands between the resource's name and the ordinal in a member's name.</summary>
    public required string Suffix { get; init; }

    /// <summary>What is lower is started earlier and stopped later: coordination, then nodes, then proxies.</summary>
    public required int StartOrder { get; init; }

    /// <summary>
    /// Whether it has a volume of its own whose loss is a loss: from its first data on it is never made anew over an empty one, and its agent alone starts it, as its record says.
    /// Docker keeps the others running.
    /// </summary>
    public required bool HoldsData { get; init; }

    /// <summary>Whether it is a PostgreSQL server: it holds what users wrote, has a role that is observed, and is sized by the spec.</summary>
    public required bool IsNode { get; init; }

    /// <summary>Whether it keeps what the nodes of a cluster agree on.</summary>
    public required bool IsCoordinator { get; init; }

    /// <summary>Whether applications reach the nodes through it.</summary>
    public required bool IsEntrance { get; init; }

    /// <summary>Whether two of a resource on one host are a fault of the placement.</summary>
    public required bool IsSpread { get; init; }

    /// <summary>The memory that it takes; of a node where the spec says nothing.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The disk that it takes; of a node where the spec says nothing.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>How long a stop may take before it is killed.</summary>
    public required TimeSpan StopTimeout { get; init; }

    /// <summary>What has it read its configuration again; empty where only a new start does.</summary>
    public required string ReloadSignal { get; init; }

    /// <summary>Who reads its log.</summary>
    public required LogFormat Log { get; init; }

    /// <summary>The ports that it publishes, in the order in which they are given; the first is the one that it is known by.</summary>
    public required ImmutableArray<Port> Ports { get; init; }

    /// <summary>The row of a kind.</summary>
    public static KindProfile Of(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => Postgres,
        InstanceKind.Etcd => Etcd,
        InstanceKind.Haproxy => Haproxy,
    };

    /// <summary>The name of an instance in its engine, as "demo-1", "demo-etcd-4", "demo-proxy-7". Ordinals are never used twice, so neither are names.</summary>
    public string MemberOf(string resource, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{resource}{Suffix}-{ordinal}");

    /// <summary>Who may reach a port of this kind.</summary>
    public Audience AudienceOf(string port) => Ports.First(candidate => candidate.Name == port).Audience;

    /// <summary>A port that instances of a kind publish.</summary>
    /// <param name="Name">What it is for. A container listens inside on the very port that is published outside.</param>
    /// <param name="Audience">Who may reach it.</param>
    public sealed record Port(string Name, Audience Audience);
}
