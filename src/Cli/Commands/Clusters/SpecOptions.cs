using System.CommandLine;
using Agents.Cli.Model;
using Agents.Cli.Values;

namespace Agents.Cli.Commands.Clusters;

/// <summary>The options that say what cluster is wanted. What is not given is left to the server, which knows the defaults and the limits.</summary>
internal sealed class SpecOptions
{
    private readonly Option<int?> _nodes = Options.Number("--nodes", "The primary and the replicas, 1 to 9 (3 when not given)");
    private readonly Option<string?> _durability = Options.Text(
        "--durability", "What a commit survives: async, sync, quorum or strict (quorum from three nodes on, sync with two when not given)", "WORD");

    private readonly Option<string?> _engine = Options.Text("--engine", "patroni (the default) or pg_auto_failover", "WORD");
    private readonly Option<string?> _version = Options.Text("--postgres-version", "The major version, as 17", "VERSION");
    private readonly Option<int?> _proxies = Options.Number("--proxies", "How many proxies, 1 to 9 (2, or 1 with one host, when not given)");
    private readonly Option<string?> _database = Options.Text("--database", "The application's database (app when not given)", "NAME");
    private readonly Option<string?> _owner = Options.Text("--owner", "The role that owns it (app when not given)", "NAME");
    private readonly Option<long?> _memory = Options.Value<long>("--memory", "Memory of a node, as 512MiB (the default) or 4GiB", "SIZE", ByteSize.TryParse, ByteSize.Rule);
    private readonly Option<long?> _processors = Options.Value<long>("--cpu", "Processors that a node may use, as 1.5 (no limit when not given)", "N", Processors.TryParse, Processors.Rule);
    private readonly Option<long?> _disk = Options.Value<long>("--disk", "Disk that a node is expected to need, as 50GiB (10GiB when not given)", "SIZE", ByteSize.TryParse, ByteSize.Rule);
    private readonly Option<string[]> _hostLabels = Options.Repeated("--host-label", "A label that hosts must have; may be repeated", "KEY=VALUE");
    private readonly Option<bool> _noStrict = Options.Flag("--no-strict", "Let two nodes share a host where there are too few hosts");
    private readonly Option<TimeSpan?> _hangTimeout = HangTimeout("(10s when not given)");
    private readonly Option<string?> _protection = Protection("(on when not given)");

    /// <summary>The protection from deletion, the same to create and to update.</summary>
    public static Option<string?> Protection(string more = "")
    {
        var option = Options.Text("--deletion-protection", $"Whether a delete is refused: on or off {more}".TrimEnd(), "on|off");
        option.AcceptOnlyFromAmong("on", "off");
        return option;
    }

    /// <summary>For how long a primary may give no answer, the same to create and to update.</summary>
    public static Option<TimeSpan?> HangTimeout(string more = "") => Options.Value<TimeSpan>(
        "--hang-timeout", $"For how long a primary may give no answer before another leads; 0s for ever {more}".TrimEnd(), "TIME", Span.TryParse, Span.Rule);

    /// <summary>What is said of when another node is to lead; null where nothing is.</summary>
    public static ClusterSpec.FailoverSpec? FailoverOf(TimeSpan? hangTimeout) => hangTimeout is { } timeout ? new ClusterSpec.FailoverSpec { HangTimeoutSeconds = timeout.TotalSeconds } : null;

    /// <summary>Whether a switch is on; null where nothing was said.</summary>
    public static bool? ReadSwitch(string? word) => word is null ? null : word == "on";

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_nodes, _durability, _engine, _version, _proxies, _database, _owner, _memory, _processors, _disk, _hostLabels, _noStrict, _hangTimeout, _protection];
        foreach (var option in all)
            command.Add(option);
    }

    /// <summary>What was said.</summary>
    public ClusterSpec Read(ParseResult parse) => new()
    {
        Engine = parse.GetValue(_engine),
        PostgresVersion = parse.GetValue(_version),
        NodeCount = parse.GetValue(_nodes),
        Durability = parse.GetValue(_durability),
        Bootstrap = NullIfEmpty(new ClusterSpec.BootstrapSpec { Database = parse.GetValue(_database), Owner = parse.GetValue(_owner) }),
        Proxies = NullIfEmpty(new ClusterSpec.ProxiesSpec { Count = parse.GetValue(_proxies) }),
        Placement = NullIfEmpty(new ClusterSpec.PlacementSpec { Strict = parse.GetValue(_noStrict) ? false : null, HostLabels = LabelText.Parse(parse.GetValue(_hostLabels) ?? [], "--host-label") }),
        Resources = NullIfEmpty(new ClusterSpec.ResourcesSpec { MemoryBytes = parse.GetValue(_memory), CpuMilli = parse.GetValue(_processors), DiskBytes = parse.GetValue(_disk) }),
        Failover = FailoverOf(parse.GetValue(_hangTimeout)),
        DeletionProtection = ReadSwitch(parse.GetValue(_protection)),
    };

    // A spec shows what the user wrote and no more.
    private static T? NullIfEmpty<T>(T part)
        where T : class, new() => part.Equals(new T()) ? null : part;
}
