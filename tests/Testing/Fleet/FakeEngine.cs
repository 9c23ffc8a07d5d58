using Agents.Agent.Postgres;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Testing.Fleet;

/// <summary>
/// What runs inside the containers of one cluster, over all its hosts: a node with data becomes primary when there is quorum,
/// and the others stream from it after a while.
/// </summary>
internal sealed partial class FakeEngine(FakeFleet fleet, ResourceRef cluster)
{
    private const int StreamingAge = 2;

    /// <summary>The engine asks for confirmations only a while after replicas stream.</summary>
    private const int ConfirmingAge = 4;

    /// <summary>For how many moments a lead outlasts who held it.</summary>
    private const int LeaseMoments = 20;

    private readonly string _leadKey = PatroniKeys.Leader(cluster.ClusterId);
    private readonly string _syncKey = PatroniKeys.Sync(cluster.ClusterId);
    private (string Leader, IReadOnlyList<string> Standbys, int Quorum) _synced = ("", [], 0);
    private readonly List<string> _history = [];
    private string _ledBy = "";
    private bool _isCut;

    /// <summary>The member that leads; null when none does.</summary>
    public InstanceId? Leader { get; private set; }

    /// <summary>Roles and the verifiers of their passwords.</summary>
    public SortedDictionary<string, string> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Databases and their owners, but for PostgreSQL's own.</summary>
    public SortedDictionary<string, string> Databases { get; } = new(StringComparer.Ordinal);

    /// <summary>Databases that were prepared from within.</summary>
    public SortedSet<string> PreparedDatabases { get; } = new(StringComparer.Ordinal);

    /// <summary>The slots that the primary gave up.</summary>
    public SortedSet<string> LostSlots { get; } = new(StringComparer.Ordinal);

    /// <summary>Nodes that take writes beside the one that leads, as one that a person has promoted: they say so when they are asked, and stream from nobody.</summary>
    public HashSet<InstanceId> Pretenders { get; } = [];

    /// <summary>Whether the key of who begins the data is there, with nobody who does: a new cluster's nodes wait for ever.</summary>
    public bool IsBegun
    {
        get => Etcd.Keys.GetValueOrDefault(PatroniKeys.Initialize(cluster.ClusterId)) is { IsEmpty: true };
        set => _ = value ? Etcd.Keys.TryAdd(PatroniKeys.Initialize(cluster.ClusterId), new EtcdKey("", 7)) : Etcd.Keys.Remove(PatroniKeys.Initialize(cluster.ClusterId));
    }

    /// <summary>How often a first node dies when it has made its data directory, and nothing in it yet that it could lead with.</summary>
    public int Cuts { get; set; }

    /// <summary>Whether no node gets as far as to begin.</summary>
    public bool IsHeldUp { get; set; }

    /// <summary>Whether a node is at it: it says so.</summary>
    public bool IsBusy { get; set; }

    /// <summary>For how many questions users have sessions yet on a node that is asked.</summary>
    public int ReadSessions { get; set; }

    /// <summary>Whether it does not get to write down who confirms commits.</summary>
    public bool IsSyncStale { get; set; }

    /// <summary>Whether commits wait for one replica, the first of those that stream, and for no other while that does.</summary>
    public bool ChoosesOne { get; set; }

    /// <summary>Nodes that are too far behind to be chosen.</summary>
    public HashSet<InstanceId> Laggards { get; } = [];

    /// <summary>Nodes that stream and that the primary does not count on, until its engine is woken.</summary>
    public HashSet<InstanceId> Overlooked { get; } = [];

    /// <summary>Whether it goes on overlooking them all the same: it has its reasons.</summary>
    public bool IsObstinate { get; set; }

    /// <summary>The nodes whose PostgreSQL was restarted or handed the lead over, in that order.</summary>
    public List<string> Restarted { get; } = [];

    /// <summary>Why it restarts nothing; empty when it does.</summary>
    public string RestartRefusal { get; set; } = "";

    /// <summary>Whether its own failover is paused.</summary>
    public bool IsPaused { get; set; }

    /// <summary>For how many moments the lead of a node that has ended lasts yet.</summary>
    public int LeaseLeft { get; set; }

    /// <summary>Its etcd.</summary>
    public FakeEtcd Etcd { get; } = new();

    /// <summary>Whether most etcd members run.</summary>
    public bool HasQuorum => Etcd.HasQuorum;

    /// <summary>Looks at its cluster at once.</summary>
    public bool Wake()
    {
        if (!IsObstinate)
            Overlooked.Clear();
        return true;
    }

    /// <summary>The lead is handed over within the engine, and no container knows of it.</summary>
    public void HandOver(InstanceId node)
    {
        Leader = node;
        Hold(Containers("postgres").Single(container => container.Container.InstanceId == node).Container);
    }

    /// <summary>Patroni's switchover: from who leads, to one that confirms commits.</summary>
    public void Switchover(string leader, string candidate)
    {
        var nodes = Containers("postgres").Where(node => node.Container.IsAlive).Select(node => node.Container).ToList();
        if (!HasQuorum || nodes.FirstOrDefault(node => node.InstanceId == Leader)?.Member != leader)
            throw FakeAgentRules.Refused(ErrorReasons.PatroniRefused, "leader name does not match");
        var able = nodes.Where(node => node.Member != leader && (candidate.Length == 0 || node.Member == candidate) && _synced.Standbys.Contains(node.Member) && !Laggards.Contains(node.InstanceId)).ToList();
        if (able.Count == 0)
            throw FakeAgentRules.Refused(ErrorReasons.PatroniRefused, candidate.Length > 0 ? "candidate name does not match with sync_standby" : "switchover is not possible: can not find sync_standby");
        HandOver(able.MinBy(node => node.Member, StringComparer.Ordinal)!.InstanceId);
        var former = nodes.First(node => node.Member == leader);
        former.Age = 0; // Its PostgreSQL ends, and starts again as a replica.
        Restarted.Add(leader);
    }

    /// <summary>Patroni's restart of PostgreSQL: what it was it is again in a moment.</summary>
    public void Restart(InstanceId node)
    {
        if (RestartRefusal.Length > 0)
            throw FakeAgentRules.Refused(ErrorReasons.PatroniRefused, RestartRefusal);
        var container = Containers("postgres").Single(container => container.Container.InstanceId == node).Container;
        container.Age = 0;
        Restarted.Add(container.Member);
    }

    /// <summary>A node holds the lead, each life of it by a lease of its own.</summary>
    private void Hold(FakeContainer node) => Etcd.Put(_leadKey, node.Member, node.Starts);

    /// <summary>The member that holds the lead, whether it runs or not.</summary>
    private string? Holder => Etcd.Keys.GetValueOrDefault(_leadKey)?.Value;

    /// <summary>One moment passes.</summary>
    public void Tick()
    {
        var nodes = Containers("postgres").ToList();
        if (!HoldsData(InstanceKinds.Etcd) && Etcd.Members.Count > 0)
        {
            Etcd.Forget();
            Etcd.Keys.Remove(_leadKey);
            Etcd.Keys.Remove(_syncKey);
            _synced = ("", [], 0);
        }

        Etcd.Tick([.. Containers("etcd")]);
        if (!HoldsData(InstanceKinds.Postgres))
            Forget(); // No volume holds the data any more, in the trash neither.
        Lead(nodes);
        foreach (var node in nodes.Where(node => Leader is not null && node.Container is { IsRunning: true, IsCopying: false, Age: >= StreamingAge }))
            DataOf(node).HasData = true;
        foreach (var (_, node) in nodes)
            (node.Answer, node.IsPauseKnown) = (AnswerOf(node), node.IsAlive ? IsPaused : node.IsPauseKnown);
    }

    /// <summary>The timeline of who leads: a later one with every change.</summary>
    public int Timeline => _history.Count + 1;

    /// <summary>The timelines of nodes that are on another than it.</summary>
    public Dictionary<InstanceId, int> Timelines { get; } = [];

    /// <summary>Where a node stands: they are all equal.</summary>
    public WalPosition PositionOf(InstanceId instance) => new(instance != Leader && !Pretenders.Contains(instance), Timelines.GetValueOrDefault(instance, Timeline), Laggards.Contains(instance) ? 0x1000000 : 0x3000148);

    /// <summary>Who leads holds the lead while it runs, and says who confirms commits. Who ended holds it for a while yet, and leads again when it comes back in time; then, or when it is taken away, another is chosen.</summary>
    private void Lead(IReadOnlyList<(FakeHost Host, FakeContainer Container)> nodes)
    {
        var lead = Etcd.Keys.GetValueOrDefault(_leadKey);
        var leading = nodes.FirstOrDefault(node => node.Container.InstanceId == Leader && node.Container.IsAlive).Container;
        if (leading is null || (lead is not null && lead.Value != leading.Member))
            Leader = null;
        if (!HasQuorum)
            return;
        if (Leader is null && !IsHeldUp)
        {
            if (lead is not null && --LeaseLeft <= 0)
                Etcd.Keys.Remove(_leadKey);
            Elect(nodes);
            leading = nodes.FirstOrDefault(node => node.Container.InstanceId == Leader).Container;
        }

        if (leading is null)
            return;
        Write(leading.Member);
        LeaseLeft = LeaseMoments;
        Hold(leading);
        Etcd.Put(PatroniKeys.Status(cluster.ClusterId), """{"optime":50331976}""");
        if (IsSyncStale)
            return;
        var standbys = nodes.Where(node => node.Container.IsAlive && IsCountedOn(node.Container) && node.Container != leading && DataOf(node).HasData).Select(node => node.Container.Member).Order(StringComparer.Ordinal).ToList();
        _synced = (leading.Member, standbys, Math.Max(0, standbys.Count - 1));
        Etcd.Put(_syncKey, $$"""{"leader":"{{leading.Member}}","sync_standby":"{{string.Join(',', standbys)}}","quorum":{{_synced.Quorum}}}""");
    }

    /// <summary>Another leads than before: that is a timeline of its own, and stands in the history.</summary>
    private void Write(string member)
    {
        if (_ledBy.Length > 0 && _ledBy != member)
        {
            _history.Add($$"""[{{_history.Count + 1}},{{0x3000148 + _history.Count}},"no recovery target specified","2026-01-02T03:04:{{_history.Count % 60:00}}+00:00","{{member}}"]""");
            Etcd.Put(PatroniKeys.History(cluster.ClusterId), $"[{string.Join(',', _history)}]");
        }

        _ledBy = member;
    }

    /// <summary>Whether a node has every acknowledged commit, as far as the engine knows: the one that led has; of those that confirm commits one that sees enough of the others.</summary>
    private bool IsSafe(string member, IReadOnlyCollection<string> running) =>
        _synced.Leader.Length == 0 || _synced.Leader == member || (_synced.Standbys.Contains(member) && _synced.Standbys.Count(standby => standby != member && running.Contains(standby)) >= _synced.Quorum);

    private void Elect(IReadOnlyList<(FakeHost Host, FakeContainer Container)> nodes)
    {
        var running = nodes.Where(node => node.Container.IsAlive).OrderBy(node => node.Container.Member, StringComparer.Ordinal).ToList();
        var hasHistory = nodes.Any(node => DataOf(node).HasData);
        var names = running.Select(node => node.Container.Member).ToList();
        var holder = Etcd.Keys.GetValueOrDefault(_leadKey)?.Value;
        if (hasHistory)
            running.RemoveAll(node => holder is not null ? node.Container.Member != holder : IsPaused || Laggards.Contains(node.Container.InstanceId) || !IsSafe(node.Container.Member, names));
        var elected = running.FirstOrDefault(node => !hasHistory || DataOf(node).HasData);
        if (elected.Container is null || _isCut || (!hasHistory && IsBegun))
            return;
        if (!hasHistory && Cuts > 0)
        {
            Cuts--;
            _isCut = DataOf(elected).HasData = true;
            Etcd.Keys[PatroniKeys.Initialize(cluster.ClusterId)] = new EtcdKey("7412000000000000001", 8);
            return;
        }

        Leader = elected.Container.InstanceId;
        DataOf(elected).HasData = true;
        Etcd.Keys[PatroniKeys.Initialize(cluster.ClusterId)] = new EtcdKey("7412000000000000001", 8);
    }

    /// <summary>No volume holds the data any more: what was in it is gone.</summary>
    private void Forget()
    {
        Leader = null;
        _isCut = false;
        Roles.Clear();
        Databases.Clear();
        PreparedDatabases.Clear();
    }

    private PostgresAnswer AnswerOf(FakeContainer node) =>
        node.IsFrozen ? PostgresAnswer.None
        : node.IsStarting || !node.IsRunning ? PostgresAnswer.Busy
        : node.InstanceId == Leader || Pretenders.Contains(node.InstanceId) ? PostgresAnswer.Primary : PostgresAnswer.Replica;

    private bool IsCountedOn(FakeContainer container) => MayBeCountedOn(container)
        && (!ChoosesOne || Containers("postgres").Select(node => node.Container).Where(node => node.IsAlive && node.InstanceId != Leader && MayBeCountedOn(node)).MinBy(node => node.Member, StringComparer.Ordinal) == container);
    private bool MayBeCountedOn(FakeContainer container) => container is { Age: >= ConfirmingAge, IsNoSync: false, IsCopying: false } && !Overlooked.Contains(container.InstanceId);

    private string StateOf(FakeContainer container) => container.InstanceId == Leader || _isCut ? "running" : Leader is null && IsBegun ? IsBusy ? "initializing new cluster" : "stopped" : Leader is not null && container is { Age: >= StreamingAge, IsCopying: false } ? "streaming" : "starting";

    private IEnumerable<(FakeHost Host, FakeContainer Container)> Containers(string kind) =>
        from host in fleet.Hosts
        from container in host.Containers.Values
        where container.Kind == kind && container.Owner == cluster
        select (host, container);

    /// <summary>Whether any volume of the cluster's members of a kind holds data, with a container or without.</summary>
    private bool HoldsData(string kind) => fleet.Hosts.SelectMany(host => host.Volumes.Values).Any(
        volume => volume.HasData && volume.Labels[ObjectLabels.Owner] == cluster.ToString() && volume.Labels[ObjectLabels.Kind] == kind);

    private static FakeVolume DataOf((FakeHost Host, FakeContainer Container) node) => node.Host.Volumes[$"{node.Container.Name}-data"];
}
