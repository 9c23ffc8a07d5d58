using System.Globalization;
using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Protocol;

namespace Agents.Testing.Fleet;

/// <summary>
/// The etcd of one cluster, with its rules: founded once, by most of those that are told of each other; a seat has one member with one data volume, and one address; a member that
/// has lost its data, or was taken out, does not start; changes need a quorum, and only what has the data gets a vote.
/// </summary>
internal sealed class FakeEtcd
{
    private const int LearnedAge = 2;

    private readonly List<Seat> _seats = [];
    private HashSet<string> _up = [];
    private int _lastId;
    private long _lastRevision = 100;

    /// <summary>The keys that somebody has set.</summary>
    public Dictionary<string, EtcdKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The members.</summary>
    public IReadOnlyList<EtcdMember> Members => [.. _seats.Select(seat => new EtcdMember(seat.Id, seat.Name, [seat.PeerUrl]))];

    /// <summary>The names of those that vote.</summary>
    public IReadOnlyList<string> Voters => [.. _seats.Where(seat => !seat.IsLearner).Select(seat => seat.Name).Order(StringComparer.Ordinal)];

    /// <summary>Whether most of those that vote run.</summary>
    public bool HasQuorum => HasQuorumOf(_seats);

    /// <summary>One moment passes for the containers of the cluster.</summary>
    public void Tick(IReadOnlyList<(FakeHost Host, FakeContainer Container)> containers)
    {
        var running = containers.Where(pair => pair.Container.IsRunning).ToList();
        if (_seats.Count == 0)
            Found(running);
        _up = [];
        foreach (var (host, container) in running)
            Run(host, container);
    }

    /// <summary>No volume holds its data any more: who comes next founds another.</summary>
    public void Forget() => _seats.Clear();

    /// <summary>A key that is there.</summary>
    public EtcdKey? Find(string key)
    {
        RequireQuorum();
        return Keys.GetValueOrDefault(key);
    }

    /// <summary>Deletes a key that is as it is expected to be. Returns whether it was.</summary>
    public bool Delete(string key, EtcdKey expected) => Find(key) == expected && Keys.Remove(key);

    /// <summary>Sets a key that is not so already.</summary>
    public void Put(string key, string value, long lease = 0)
    {
        if (Keys.GetValueOrDefault(key) is not { } found || found.Value != value || found.Lease != lease)
            Keys[key] = new EtcdKey(value, ++_lastRevision, lease);
    }

    /// <summary>Makes room for a learner, or finds the one that has the address.</summary>
    public void Add(string peerUrl)
    {
        RequireQuorum();
        if (_seats.Any(seat => seat.PeerUrl == peerUrl))
            return;
        if (_seats.Any(seat => seat.IsLearner))
            throw Refused(ErrorReasons.EtcdRefused, "etcdserver: too many learner members in cluster");
        if (_seats.Any(seat => !IsUp(seat)))
            throw Refused(ErrorReasons.NoQuorum, "etcdserver: unhealthy cluster");
        _seats.Add(new Seat(NextId(), peerUrl) { IsLearner = true });
    }

    /// <summary>Gives a learner its vote; false while it does not have the data.</summary>
    public bool Promote(string id)
    {
        RequireQuorum();
        var seat = _seats.FirstOrDefault(seat => seat.Id == id) ?? throw Refused(ErrorReasons.EtcdRefused, "there is no such member");
        if (seat.IsLearner && (!IsUp(seat) || seat.Age < LearnedAge))
            return false;
        seat.IsLearner = false;
        return true;
    }

    /// <summary>Takes a member out.</summary>
    public void Remove(string id)
    {
        RequireQuorum();
        var left = _seats.Where(seat => seat.Id != id).ToList();
        if (left.Count < _seats.Count && !HasQuorumOf(left))
            throw Refused(ErrorReasons.EtcdRefused, "etcdserver: re-configuration failed due to not enough started members");
        _seats.RemoveAll(seat => seat.Id == id);
    }

    /// <summary>Those that are told of each other found the cluster when most of them run.</summary>
    private void Found(IReadOnlyList<(FakeHost Host, FakeContainer Container)> running)
    {
        foreach (var start in running.Select(pair => FirstStart(pair.Host, pair.Container)).Where(start => start.State == "new"))
        {
            if (running.Count(pair => start.Members.ContainsKey(pair.Container.Member)) <= start.Members.Count / 2)
                continue;
            _seats.AddRange(start.Members.Select(member => new Seat(NextId(), member.Value) { Name = member.Key }));
            return;
        }
    }

    /// <summary>A container runs: over its member's data, or in a seat that nobody has taken yet; else etcd ends.</summary>
    private void Run(FakeHost host, FakeContainer container)
    {
        var data = host.Volumes.GetValueOrDefault($"{container.Name}-data");
        if (_seats.Count == 0 || data is null)
            return;
        var seat = data.HasData ? _seats.FirstOrDefault(seat => seat.Volume == data.Name) : FreeSeat(host, container);
        if (seat is null)
        {
            container.End();
            return;
        }

        (seat.Name, seat.Volume, seat.Age, data.HasData) = (container.Member, data.Name, container.Age, true);
        _up.Add(seat.Id);
    }

    private Seat? FreeSeat(FakeHost host, FakeContainer container)
    {
        var start = FirstStart(host, container);
        var url = Argument(container, "--initial-advertise-peer-urls=");
        return start.State == "new"
            ? _seats.FirstOrDefault(seat => seat.Volume.Length == 0 && seat.Name == container.Member && seat.PeerUrl == url)
            : _seats.FirstOrDefault(seat => seat.Volume.Length == 0 && seat.Name.Length == 0 && seat.PeerUrl == url && start.Members.Values.ToHashSet().SetEquals(_seats.Select(other => other.PeerUrl)));
    }

    private static (string State, Dictionary<string, string> Members) FirstStart(FakeHost host, FakeContainer container)
    {
        var words = host.Volumes[$"{container.Name}-config"].Files["first-start"].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var members = words[0]["--initial-cluster=".Length..].Split(',').Select(member => member.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return (words[1]["--initial-cluster-state=".Length..], members);
    }

    private static string Argument(FakeContainer container, string name) => container.Blueprint.Command.Single(argument => argument.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    private bool IsUp(Seat seat) => _up.Contains(seat.Id);

    private bool HasQuorumOf(IReadOnlyCollection<Seat> seats)
    {
        var voters = seats.Where(seat => !seat.IsLearner).ToList();
        return voters.Count > 0 && voters.Count(IsUp) > voters.Count / 2;
    }

    private void RequireQuorum()
    {
        if (!HasQuorum)
            throw Refused(ErrorReasons.NoQuorum, "etcdserver: request timed out");
    }

    private string NextId() => (++_lastId).ToString("x", CultureInfo.InvariantCulture);

    private static AgentRefusedException Refused(string reason, string message) => FakeAgentRules.Refused(reason, message);

    private sealed class Seat(string id, string peerUrl)
    {
        public string Id => id;

        public string PeerUrl => peerUrl;

        public string Name { get; set; } = "";

        public string Volume { get; set; } = "";

        public bool IsLearner { get; set; }

        public int Age { get; set; }
    }
}
