using System.Collections.Immutable;
using Agents.Agent.Hangs;
using Agents.Agent.Postgres;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Testing.Fleet;

/// <summary>What stands on one host. It outlives controllers, as the real one does.</summary>
internal sealed class FakeHost(Domain.Model.Host host)
{
    private const int VerdictMoments = 3;

    /// <summary>The host as enrolled.</summary>
    public Domain.Model.Host Host => host;

    /// <summary>Whether its agent has a link.</summary>
    public bool IsLinked { get; set; } = true;

    /// <summary>Whether its Docker Engine answers.</summary>
    public bool IsDockerUp { get; set; } = true;

    /// <summary>Whether its agent tells nothing by itself: neither of its nodes nor that it lives. It answers all the same.</summary>
    public bool IsMute { get; set; }

    /// <summary>What it is made of.</summary>
    public HostFacts Facts { get; set; } = A.Facts();

    /// <summary>How far its clock is ahead of the controller's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Whether bringing an image to it fails.</summary>
    public bool RefusesImages { get; set; }

    /// <summary>The labels of the images that it has.</summary>
    public HashSet<string> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>Ports that something of its own holds.</summary>
    public HashSet<int> TakenPorts { get; } = [];

    /// <summary>Ports that processes hold for a probe.</summary>
    public List<(SimulatedProcess Process, string Token, int Port)> HeldPorts { get; } = [];

    /// <summary>Ranges in CIDR form that something of its own uses and that it does not report.</summary>
    public List<string> HiddenSubnets { get; } = [];

    /// <summary>Its networks.</summary>
    public SortedDictionary<string, FakeNetwork> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Containers of others that somebody has put into one of its networks, by the network.</summary>
    public Dictionary<string, string> Strangers { get; } = new(StringComparer.Ordinal);

    /// <summary>Its volumes.</summary>
    public SortedDictionary<string, FakeVolume> Volumes { get; } = new(StringComparer.Ordinal);

    /// <summary>Its containers.</summary>
    public SortedDictionary<string, FakeContainer> Containers { get; } = new(StringComparer.Ordinal);

    /// <summary>Its agent's records.</summary>
    public Dictionary<InstanceId, FakeRecord> Records { get; } = [];

    /// <summary>The generations of the instances that its agent was told to forget.</summary>
    public Dictionary<InstanceId, long> Forgotten { get; } = [];

    /// <summary>The last ticket that its agent has obeyed about each subject; of all under the empty name.</summary>
    public SortedDictionary<string, Ticket> Obeyed { get; } = new(StringComparer.Ordinal);

    /// <summary>What its agent durably knows of networks, those that were removed included.</summary>
    public Dictionary<string, (string ControllerId, long Generation, bool IsRemoved)> NetworkRecords { get; } = new(StringComparer.Ordinal);

    /// <summary>Instances of which processes may be left, whatever the Docker Engine says of their containers.</summary>
    public HashSet<InstanceId> Undead { get; } = [];

    /// <summary>Nodes that were removed while they ran: their last writes were not asked to be finished.</summary>
    public List<string> KilledNodes { get; } = [];

    /// <summary>Whether a port cannot be bound.</summary>
    public bool IsTaken(int port) =>
        TakenPorts.Contains(port)
        || HeldPorts.Any(held => held.Port == port && !held.Process.IsOver)
        || Containers.Values.Any(container => container.IsRunning && container.Blueprint.Ports.Any(published => published.Port == port));

    /// <summary>A port of a container that cannot be bound; null when it can be started.</summary>
    public int? FindTaken(FakeContainer container) => container.Blueprint.Ports.Select(port => (int?)port.Port).FirstOrDefault(port => IsTaken(port!.Value));

    /// <summary>Whether a container is not in its network any more, or that is gone.</summary>
    public bool IsDetached(FakeContainer container) => container.IsDetached || (container.Network is { } network && !ReferenceEquals(Networks.GetValueOrDefault(network.Name), network));

    /// <summary>One moment passes: the agent ends what it is stopping and starts again what is to run.</summary>
    public void Tick()
    {
        foreach (var record in Records.Values.Where(record => record.FenceId.Length > 0 && --record.FenceLeft <= 0))
            record.EndFence();
        foreach (var container in Containers.Values)
        {
            if (Records.GetValueOrDefault(container.InstanceId) is { HangTimeout.Ticks: > 0 } watched)
                Watch(watched, container);
            if (container.IsStopping)
                container.End();
            else if (container.IsRunning)
                container.Age++;
            else if (container.State == ContainerState.Exited && ++container.Down < VerdictMoments)
                continue; // Its agent leaves the controller a while to decide.
            else if (IsDockerUp && Records.TryGetValue(container.InstanceId, out var record) && record is { Want: InstanceWant.Running, FenceId.Length: 0 } && FindTaken(container) is null && CanJoin(container) && HasItsData(record, container))
                Start(container);
        }
    }

    /// <summary>A second of its agent's watch over what may hang.</summary>
    private void Watch(FakeRecord record, FakeContainer container)
    {
        if (!container.IsRunning)
            return;
        container.Silence = HangRules.Next(container.Silence, container.Answer, HangRules.Period);
        if (container.Answer is PostgresAnswer.Primary or PostgresAnswer.Replica)
            record.Hang = "";
        if (!HangRules.DoesHang(container.Silence, record.HangTimeout, record is { Want: InstanceWant.Running, FenceId.Length: 0 }, container.IsPauseKnown))
            return;
        record.Hang = $"its PostgreSQL gave no answer for {container.Silence.Lasted.TotalSeconds:0} s, and it was ended for that";
        container.Silence = container.Silence with { Lasted = TimeSpan.Zero };
        if (!Undead.Contains(container.InstanceId)) // What cannot be killed stays.
            container.End();
    }

    /// <summary>Whether what has data has it, which its agent looks for before each start and notes.</summary>
    public bool HasItsData(FakeRecord record, FakeContainer container, bool initialised = false)
    {
        record.DataTrouble = (record.Initialised || initialised) && container.Blueprint.Mounts.Keys.Any(name => name.EndsWith("-data", StringComparison.Ordinal) && Volumes.GetValueOrDefault(name) is { HasData: false })
            ? Hold.DataGone
            : "";
        return record.DataTrouble.Length == 0;
    }

    /// <summary>What runs takes its configuration as it is now.</summary>
    public void ReadConfiguration(FakeContainer container) =>
        container.IsNoSync = Volumes.GetValueOrDefault($"{container.Name}-config")?.Files.GetValueOrDefault("patroni.yml")?.Contains("\"nosync\": true", StringComparison.Ordinal) == true;

    /// <summary>Starts a container in its network.</summary>
    public void Start(FakeContainer container)
    {
        container.Network ??= container.IsDetached ? null : Networks[container.Blueprint.Network];
        container.Start();
        ReadConfiguration(container);
        if (Records.TryGetValue(container.InstanceId, out var record))
            record.Hang = "";
    }

    /// <summary>Whether the network that a container was made for, or was in, is there: another of the same name is another one.</summary>
    public bool CanJoin(FakeContainer container) => container.IsDetached || (container.Network is null ? Networks.ContainsKey(container.Blueprint.Network) : !IsDetached(container));

    /// <summary>What its agent reports over its link.</summary>
    public HostObservation Observe(DateTimeOffset now) => new()
    {
        HostId = host.Id,
        State = IsDockerUp ? HostState.Ready : HostState.Suspect,
        StateReason = IsDockerUp ? "" : "Docker does not answer",
        IsCurrent = IsDockerUp,
        Facts = Facts with { DockerReachable = IsDockerUp, ClockOffset = ClockOffset },
        LastSeenAt = now,
        Containers = Containers.Values.ToImmutableSortedDictionary(
            container => container.Name,
            container => new ContainerObservation(container.Name, container.Blueprint.Labels[ObjectLabels.Controller], container.Owner, container.InstanceId, container.State, 0, IsDetached(container), container.Ended, PortLabels.Of(name => container.Blueprint.Labels.GetValueOrDefault(name))),
            StringComparer.Ordinal),
        Instances = Records.Values.ToImmutableDictionary(
            record => record.InstanceId, record => new InstanceObservation(record.InstanceId, record.Generation, record.FenceId.Length > 0 ? InstanceWant.Fenced : record.Want, record.ConfigHash, record.ConfigComplete, "", record.DataTrouble, record.HangTimeout, record.Hang)),
        Volumes = [.. Volumes.Keys],
        Networks = [.. Networks.Keys],
        Objects =
        [
            .. Volumes.Values.Select(volume => OwnedOf(Orphan.Type.Volume, volume.Name, volume.Labels)),
            .. Networks.Values.Select(network => OwnedOf(Orphan.Type.Network, network.Name, network.Labels) with { Subnet = network.Subnet }),
        ],
    };

    private static OwnedObject OwnedOf(Orphan.Type kind, string name, IReadOnlyDictionary<string, string> labels) => new(
        kind,
        name,
        labels["agents.controller"],
        ResourceRef.Parse(labels["agents.owner"]),
        labels.TryGetValue("agents.instance", out var instance) ? InstanceId.Parse(instance) : null,
        kind == Orphan.Type.Volume && name.EndsWith("-data", StringComparison.Ordinal));
}
