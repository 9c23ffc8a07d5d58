using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Execution.Steps;
using Agents.Controller.Loops;
using Agents.Controller.Observation;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>One controller process over a store and a fleet that outlive it: the real execution and the real loops, driven turn by turn without pumps or timers.</summary>
internal sealed class SimulatedController
{
    private static readonly TimeSpan _suspectTime = TimeSpan.FromSeconds(30);
    private static readonly SecretKey[] _keys = [new SecretKey(new byte[SecretKey.Bytes])];
    private static readonly SecretBox _box = new(_keys);

    private readonly OperationPauses _pauses;
    private readonly FakeFleet _fleet;
    private readonly TimeProvider _time;
    private readonly FakeAgents _agents;
    private readonly ControllerIdentity _identity;
    private readonly ClusterVault _vault;
    private readonly InstanceBuilder _builder;
    private readonly IReadOnlyList<ILoop> _loops;
    private readonly ErrorLog<OperationLoop> _operationErrors = new();
    private readonly ErrorLog<ReconcileLoop> _reconcileErrors = new();
    private readonly ErrorLog<ObservationLoop> _observationErrors = new();
    private readonly int _turnsUntilLinked;
    private readonly ObeyedCheck _check;
    private readonly HashSet<HostId> _judged = [];
    private int _turn;

    /// <summary>A process that has not taken its epoch yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="time">The clock.</param>
    /// <param name="turnsUntilLinked">How many turns the agents need to notice it.</param>
    public SimulatedController(IStore store, FakeFleet fleet, TimeProvider time, int turnsUntilLinked)
    {
        (_fleet, _time, _turnsUntilLinked) = (fleet, time, turnsUntilLinked);
        var mine = new ProcessStore(store, Process);
        _identity = new ControllerIdentity(mine, new TicketSeal(_keys), new ErrorLog<ControllerIdentity>());
        _agents = new FakeAgents(fleet, Process, _identity);
        _vault = new ClusterVault(mine, _box, time);
        var strangers = new Strangers(time);
        _builder = new InstanceBuilder(mine, _agents, _identity, _vault, strangers);
        var images = new ImageDelivery(_agents, new ErrorLog<ImageDelivery>());
        var firstSight = new FirstSight(View, time);
        var remover = new ClusterRemover(_agents, firstSight, time);
        var drivers = new EngineDrivers([new PatroniDriver(mine, _agents, _builder, images, remover, View, time)]);
        var proxies = new ProxyTeller(_agents, View, time);
        var observer = new ClusterObserver(drivers, View, proxies, time);
        var place = new PlaceStep(mine, View, firstSight, new Candidates(View, strangers), strangers, new PortProbe(_agents), time);
        Recipes = new Recipes(mine, _agents, View, firstSight, place, _vault, _builder, images, remover, observer, drivers, proxies, time);
        _check = new ObeyedCheck(mine, View, new ErrorLog<ObeyedCheck>());
        var gate = new OwnerGate();
        var pauses = _pauses = new OperationPauses(time);
        var snapshots = new StoreSnapshots(mine);
        _loops =
        [
            new OperationLoop(mine, View, new OperationTurn(mine, snapshots, Recipes, pauses, time, new ErrorLog<OperationTurn>()), pauses, gate, _operationErrors),
            new ReconcileLoop(mine, snapshots, View, firstSight, _builder, new InstanceCare(mine, View, _builder, images), new RepairStarter(mine, View, gate, new LocalNudge(), time, new ErrorLog<RepairStarter>()), gate, time, _reconcileErrors),
            new LeftoverLoop(mine, _agents, View, time, new ErrorLog<LeftoverLoop>()),
            new ObservationLoop(snapshots, View, observer, proxies, time, _observationErrors),
        ];
    }

    /// <summary>Its life.</summary>
    public SimulatedProcess Process { get; } = new();

    /// <summary>What it does.</summary>
    public Recipes Recipes { get; }

    /// <summary>What it sees.</summary>
    public FleetView View { get; } = new();

    /// <summary>What it logged as errors.</summary>
    public IEnumerable<string> Errors => [.. _operationErrors.Errors, .. _reconcileErrors.Errors, .. _observationErrors.Errors];

    /// <summary>Takes its epoch.</summary>
    public Task StartAsync() => _identity.TakeAsync(CancellationToken.None);

    /// <summary>How many operations wait for a moment.</summary>
    public int PauseCount => _pauses.Count;

    /// <summary>How long the loop of operations waits for its next turn when nobody nudges.</summary>
    public TimeSpan OperationPeriod => _loops.OfType<OperationLoop>().Single().Period;

    /// <summary>One turn of every loop, or of the reconcile loop alone.</summary>
    public async Task TurnAsync(bool reconcileOnly = false)
    {
        _agents.AreLinked = ++_turn > _turnsUntilLinked;
        await ObserveAsync();
        foreach (var loop in _loops.Where(loop => !reconcileOnly || loop is ReconcileLoop))
            await loop.TurnAsync(CancellationToken.None);
    }

    /// <summary>Sees the fleet.</summary>
    public async Task ObserveAsync()
    {
        foreach (var host in _fleet.Hosts)
            await ObserveAsync(host);
    }

    /// <summary>The hash that each instance's configuration must have, from the secrets in the store.</summary>
    public async Task<IReadOnlyDictionary<InstanceId, string>> ConfigHashesAsync(Cluster cluster, IReadOnlyList<Instance> instances) =>
        (await _builder.BlueprintsAsync(cluster, instances, CancellationToken.None)).ToDictionary(blueprint => blueprint.Instance.Id, blueprint => blueprint.ConfigHash);

    /// <summary>As the watcher of the links does it: complete sight of linked hosts, and of the others what was last seen.</summary>
    private async Task ObserveAsync(FakeHost host)
    {
        var id = host.Host.Id;
        var isLinked = _agents.Find(id) is not null;
        if (!isLinked)
            _judged.Remove(id);
        else if (_judged.Add(id))
            await _check.JudgeAsync(id, [.. host.Obeyed.Values], CancellationToken.None);
        if (isLinked)
            View.Update(id, seen => host.Observe(_time.GetUtcNow()) with
            {
                Reports = _fleet.Tell(host, seen.Reports),
                LastSeenAt = host.IsMute ? seen.LastSeenAt : _time.GetUtcNow(),
            });
        else if (View.Hosts.ContainsKey(id))
            View.Update(id, Lost);
    }

    private HostObservation Lost(HostObservation seen) => seen with
    {
        IsCurrent = false,
        State = _time.GetUtcNow() - seen.LastSeenAt > _suspectTime ? HostState.Disconnected : HostState.Suspect,
        StateReason = "its link was lost",
    };
}
