using System.Collections.Immutable;
using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;
using Agents.Testing;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>
/// A store, a fleet and the controllers that come and go over them. Nothing waits: a turn of all loops, then a second passes. A controller that dies is replaced by another
/// one, which the agents notice after two turns.
/// </summary>
internal sealed class Simulation
{
    private const int TurnsUntilLinked = 2;
    private const int TurnsMax = 400;
    private static readonly Caller _admin = new("admin", UserRole.Admin, null, "127.0.0.1");

    private readonly List<SimulatedController> _lives = [];
    private readonly Dictionary<(string Role, long Version), Credential> _firstCredentials = [];

    private Simulation(IEnumerable<Host> hosts, int nodeCount, Durability durability)
    {
        Fleet = new FakeFleet(hosts, A.ImageSet());
        Cluster = A.Cluster() with { Name = "demo", Lifecycle = ClusterLifecycle.Creating, HeldBy = A.Operation().Id, Effective = A.Cluster().Effective with { NodeCount = nodeCount, Durability = durability } };
    }

    /// <summary>The clock.</summary>
    public SimulatedTimeProvider Time { get; } = new();

    /// <summary>The store.</summary>
    public InMemoryStore Store { get; set; } = new();

    /// <summary>The hosts.</summary>
    public FakeFleet Fleet { get; }

    /// <summary>The controller that lives.</summary>
    public SimulatedController Controller => _lives[^1];

    /// <summary>How many controllers there were.</summary>
    public int Lives => _lives.Count;

    /// <summary>How the dead ones died.</summary>
    public string Deaths => string.Join("; ", _lives.Select(life => life.Process.Death).Where(death => death.Length > 0));

    /// <summary>How often a cancel was asked for.</summary>
    public int CancelCount { get; private set; }

    /// <summary>The cluster that all is about.</summary>
    public Cluster Cluster { get; }

    /// <summary>A fleet of some hosts, known to the store, with a controller that has not begun.</summary>
    public static async Task<Simulation> StartAsync(int hostCount = 3, int nodeCount = 3, Durability durability = Durability.Quorum)
    {
        var hosts = Enumerable.Range(1, hostCount).Select(number => A.Host(number)).ToList();
        var simulation = new Simulation(hosts, nodeCount, durability);
        await simulation.WriteAsync(writer =>
        {
            hosts.ForEach(writer.AddHost);
            writer.AddImageSet(A.ImageSet());
        });
        await simulation.ReplaceControllerAsync();
        return simulation;
    }

    /// <summary>Ends the controller, if there is one, and begins another.</summary>
    /// <param name="killAt">The point at which the new one dies; 0 for never.</param>
    public async Task ReplaceControllerAsync(int killAt = 0)
    {
        if (_lives.Count > 0)
            Controller.Process.Kill("it was replaced");
        _lives.Add(new SimulatedController(Store, Fleet, Time, _lives.Count == 0 ? 0 : TurnsUntilLinked));
        Controller.Process.KillAt = killAt;
        try
        {
            await Controller.StartAsync();
        }
        catch (SimulatedCrashException)
        {
            await ReplaceControllerAsync();
        }
    }

    /// <summary>Asks for the cluster.</summary>
    public Task RequestCreateAsync() => RequestCreateAsync(Cluster, 1);

    /// <summary>Asks for so many clusters of one node at once; the operation of each has its number.</summary>
    public async Task RequestManyAsync(int count, int from = 1)
    {
        var spec = SpecDefaults.Apply(new PostgresClusterSpec { NodeCount = 1 }, Fleet.Hosts.Count);
        foreach (var number in Enumerable.Range(from, count))
            await RequestCreateAsync(A.Cluster(number) with { Effective = spec, Lifecycle = ClusterLifecycle.Creating, HeldBy = A.Operation(number).Id }, number);
    }

    /// <summary>Asks for the end of the cluster.</summary>
    public Task RequestDeleteAsync(bool purge, int number = 2) => WriteAsync(writer =>
    {
        var cluster = writer.FindCluster(Cluster.Id)!;
        var operation = A.Operation(number, Cluster) with
        {
            Kind = OperationKinds.PostgresClusterDelete,
            Steps = OperationSteps.Of(OperationKinds.PostgresClusterDelete, Engine.Patroni),
            Arguments = purge ? """{"purge":true}""" : """{"purge":false}""",
        };
        writer.AddOperation(operation);
        Assert.True(writer.UpdateCluster(cluster.TakenBy(operation.Id) with { Lifecycle = ClusterLifecycle.Deleting, Generation = cluster.Generation + 1 }, cluster.Generation));
    });

    /// <summary>Asks for the data of the deleted cluster to be removed at once, as the API does.</summary>
    public Task<Operation> RequestPurgeAsync(string id = "") => new DeletePostgresClusterHandler(Store, Controller.View, new LocalNudge(), Time).HandleAsync(
        new DeletePostgresCluster { Project = "default", Id = id.Length > 0 ? id : Cluster.Id.ToString(), Etag = "", Purge = true, RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    /// <summary>Asks for the deleted cluster to come back, as the API does.</summary>
    public Task<Operation> RequestUndeleteAsync() => RequestUndeleteAsync(primary: "");

    /// <summary>The same, with the node that is said to have been the primary.</summary>
    public async Task<Operation> RequestUndeleteAsync(string primary) =>
        await new UndeletePostgresClusterHandler(Store, Controller.View, new Candidates(Controller.View, new Strangers(Time)), new LocalNudge(), Time).HandleAsync(
            new UndeletePostgresCluster { Project = "default", Id = Cluster.Id.ToString(), Name = "", Primary = primary, RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    /// <summary>Asks for the lead to be handed over, as the API does.</summary>
    public Task<Operation> RequestSwitchoverAsync(string to = "") => new SwitchoverPostgresClusterHandler(Store, Controller.View, new LocalNudge(), Time).HandleAsync(
        new SwitchoverPostgresCluster { Project = "default", Id = Cluster.Id.ToString(), To = to, RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    /// <summary>Asks for a restart of all nodes, as the API does.</summary>
    public Task<Operation> RequestRestartAsync() => new SwitchoverPostgresClusterHandler(Store, Controller.View, new LocalNudge(), Time).HandleAsync(
        new SwitchoverPostgresCluster { Kind = OperationKinds.PostgresClusterRestart, Project = "default", Id = Cluster.Id.ToString(), To = "", RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    /// <summary>Asks for the cluster to be stopped or started, as the API does.</summary>
    public Task<Operation> RequestPowerAsync(InstancePower power) => new PowerPostgresClusterHandler(Store, Controller.View, new LocalNudge(), Time).HandleAsync(
        new PowerPostgresCluster { Power = power, Project = "default", Id = Cluster.Id.ToString(), RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    /// <summary>Asks for replicas to be added, or some to be taken out, as the API does.</summary>
    public Task<Operation> RequestScaleAsync(int count, params ImmutableArray<string> leaving) => new ScalePostgresClusterHandler(Store, Controller.View, new Candidates(Controller.View, new Strangers(Time)), new LocalNudge(), Time).HandleAsync(
        new ScalePostgresCluster
        {
            Action = count > 0 ? ScalePostgresCluster.Direction.Add : ScalePostgresCluster.Direction.Remove,
            Project = "default",
            Id = Cluster.Id.ToString(),
            NodeCount = Math.Abs(count),
            Nodes = leaving,
            RequestId = "",
            Reason = "",
        }, _admin, CancellationToken.None);

    /// <summary>Confirms that the store is an old copy, as the API does.</summary>
    public Task ConfirmRestoreAsync() => new ConfirmRestoreHandler(Store, Controller.View, new LocalNudge(), Time).HandleAsync("", _admin, CancellationToken.None);

    /// <summary>Asks for the end of the create.</summary>
    public Task RequestCancelAsync()
    {
        CancelCount++;
        return WriteAsync(writer =>
        {
            var operation = writer.FindOperation(A.Operation().Id)!;
            if (OperationSteps.IsCancellable(operation))
                writer.UpdateOperation(operation with { CancelRequested = true });
        });
    }

    /// <summary>Makes the cluster and waits until it is there.</summary>
    public async Task CreateAsync()
    {
        await RequestCreateAsync();
        await RunAsync();
        Assert.Equal(OperationState.Succeeded, (await OperationAsync(1)).State);
    }

    /// <summary>Turns until every operation has ended, and a little longer.</summary>
    public async Task RunAsync()
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            await TurnAsync();
            if (await Store.ReadAsync(reader => reader.ListOpenOperations().Count, CancellationToken.None) > 0)
                continue;
            await TurnsAsync(5);
            return;
        }
        Assert.Fail($"after {TurnsMax} turns the operation goes on: {(await WorldText.OfAsync(this)).Store}");
    }

    /// <summary>Some turns.</summary>
    public async Task TurnsAsync(int count)
    {
        for (var turn = 0; turn < count; turn++)
            await TurnAsync();
    }

    /// <summary>One turn; a second passes. A controller that dies in it is replaced.</summary>
    public async Task TurnAsync()
    {
        try
        {
            await Controller.TurnAsync();
        }
        catch (SimulatedCrashException) when (Controller.Process.IsOver)
        {
            // Below: also where a loop has swallowed it.
        }
        Fleet.Tick();
        Time.Advance(TimeSpan.FromSeconds(1));
        await KeepFirstCredentialsAsync();
        if (Controller.Process.IsOver)
            await ReplaceControllerAsync();
    }

    /// <summary>An operation by its number: 1 is the create, 2 the delete.</summary>
    public Task<Operation> OperationAsync(int number) => Store.ReadAsync(reader => reader.FindOperation(A.Operation(number).Id)!, CancellationToken.None);

    /// <summary>The cluster's instances.</summary>
    public Task<IReadOnlyList<Instance>> InstancesAsync() => Store.ReadAsync(reader => reader.ListInstances(Cluster.Ref), CancellationToken.None);

    /// <summary>The container of an instance, and its host.</summary>
    public async Task<(FakeHost Host, FakeContainer Container, Instance Instance)> FindAsync(string member)
    {
        var instance = (await InstancesAsync()).Single(instance => instance.Member == member);
        var host = Fleet.Find(instance.HostId)!;
        return (host, host.Containers[instance.ContainerName], instance);
    }

    /// <summary>Takes a network away as a person does who first takes everything out of it.</summary>
    public void RemoveNetwork(FakeHost host)
    {
        foreach (var container in host.Containers.Values.Where(container => container.IsRunning))
            container.IsDetached = true;
        host.Networks.Remove(ObjectNames.NetworkOf(Cluster.Ref));
    }

    /// <summary>What holds whatever happened: nothing logged as an error, nothing killed, no secret made twice, every configuration made from the secrets that are stored.</summary>
    public async Task AssertSoundAsync(string hint)
    {
        Assert.True(!_lives.Where(life => !life.Process.IsOver).SelectMany(life => life.Errors).Any(), $"{hint}: errors: {string.Join('\n', Controller.Errors)}");
        Assert.True(Fleet.Hosts.All(host => host.KilledNodes.Count == 0), $"{hint}: nodes were removed while they ran: {string.Join(", ", Fleet.Hosts.SelectMany(host => host.KilledNodes))}");
        Assert.True(Fleet.Hosts.All(host => host.HeldPorts.All(held => held.Process.IsOver)), $"{hint}: ports are still held");
        var cluster = (await Store.ReadAsync(reader => reader.FindCluster(Cluster.Id), CancellationToken.None))!;
        var credentials = await Store.ReadAsync(reader => reader.ListCredentials(Cluster.Ref), CancellationToken.None);
        Assert.True(
            credentials.All(credential => credential.Version == 1 && _firstCredentials[(credential.Role, 1)].Sealed.Span.SequenceEqual(credential.Sealed.Span)),
            $"{hint}: a secret is not the one that was first made");
        if (cluster.Lifecycle == ClusterLifecycle.Active)
            await AssertConfiguredAsync(cluster, hint);
    }

    /// <summary>Writes into the store as the API would: outside of any controller's loops.</summary>
    public Task WriteAsync(Action<IStoreWriter> write) => Store.WriteAsync(
        writer =>
        {
            write(writer);
            return true;
        },
        CancellationToken.None);

    /// <summary>As the API does it: what can be placed on the hosts as they are is taken together with the request.</summary>
    private Task RequestCreateAsync(Cluster cluster, int number)
    {
        var view = new FleetView();
        foreach (var host in Fleet.Hosts.Where(host => host.IsLinked))
            view.Update(host.Host.Id, _ => host.Observe(Time.GetUtcNow()));
        return WriteAsync(writer =>
        {
            var request = new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, cluster.Effective, cluster.NextOrdinal, cluster.Revision, A.ImageSet());
            var placed = Scheduler.Place(request, new Candidates(view, new Strangers(Time)).Of(writer, cluster.Project, cluster.Ref)).Instances;
            writer.AddCluster(cluster with { NextOrdinal = cluster.NextOrdinal + placed.Length });
            writer.AddInstances(placed);
            writer.AddOperation(A.Operation(number, cluster) with { Steps = OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni), Arguments = "" });
        });
    }

    private async Task AssertConfiguredAsync(Cluster cluster, string hint)
    {
        var instances = await InstancesAsync();
        var hashes = await Controller.ConfigHashesAsync(cluster, instances);
        foreach (var instance in instances)
        {
            var host = Fleet.Find(instance.HostId)!;
            Assert.True(host.Volumes[instance.ConfigVolume].ConfigHash == hashes[instance.Id], $"{hint}: {instance.Member} is configured with other secrets than those in the store");
            Assert.True(host.Records[instance.Id].ConfigHash == hashes[instance.Id], $"{hint}: the record of {instance.Member} names another configuration");
        }
    }

    private async Task KeepFirstCredentialsAsync()
    {
        var credentials = await Store.ReadAsync(reader => reader.ListCredentials(Cluster.Ref), CancellationToken.None);
        // What was removed may be made anew.
        foreach (var gone in _firstCredentials.Keys.Except(credentials.Select(credential => (credential.Role, credential.Version))).ToList())
            _firstCredentials.Remove(gone);
        foreach (var credential in credentials)
            _firstCredentials.TryAdd((credential.Role, credential.Version), credential);
    }
}
