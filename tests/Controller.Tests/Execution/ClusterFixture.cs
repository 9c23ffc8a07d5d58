using System.Collections.Immutable;
using System.Globalization;
using Agents.Controller.Execution;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Execution.Steps;
using Agents.Controller.Observation;
using Agents.Controller.Secrets;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Specs;
using Agents.Testing;
using Agents.Testing.Engines;
using Agents.Testing.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Controller.Tests.Execution;

/// <summary>
/// A cluster made by the product's own steps, through a real agent, on this machine's Docker Engine: one etcd member, two nodes and a proxy, all of one host. Made once for the
/// tests of the class, removed after.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);
    private readonly TemporaryDirectory _files = new();
    private readonly InMemoryStore _store = new();
    private EngineNetwork? _network;
    private EngineAgent? _agent;

    /// <summary>The cluster.</summary>
    internal Cluster Cluster { get; private set; } = null!;

    /// <summary>Its instances.</summary>
    internal IReadOnlyList<Instance> Instances { get; private set; } = [];

    /// <summary>Its secrets.</summary>
    internal ClusterSecrets Secrets { get; private set; } = null!;

    /// <summary>The password of its owner.</summary>
    internal string Password { get; private set; } = "";

    /// <summary>The agent of its host.</summary>
    internal IAgent Agent { get; private set; } = null!;

    /// <summary>What a client was told at the proxy while the cluster had a primary and was not open yet.</summary>
    internal string BeforeOpen { get; private set; } = "";

    /// <summary>The instance of a kind; the first.</summary>
    internal Instance The(InstanceKind kind) => Instances.First(instance => instance.Kind == kind);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await EngineImages.EnsureAsync();
        _network = await EngineNetwork.CreateAsync();
        await MakeAsync(_network);
    }

    /// <summary>Runs a command in an instance's container; throws with what it complained about when it fails.</summary>
    internal static Task<string> ExecAsync(Instance instance, params IEnumerable<string> command) => DockerCommand.RunAsync(["exec", instance.ContainerName, .. command]);

    /// <summary>Runs SQL as the superuser, on a node.</summary>
    internal static Task<string> SqlAsync(Instance node, string sql) =>
        ExecAsync(node, "psql", "-XAtq", "-h", "/run/postgresql", "-p", node.Ports["postgres"].ToString(CultureInfo.InvariantCulture), "-d", "postgres", "-c", sql);

    /// <summary>Runs a shell with PostgreSQL's clients as an application's host would, with the authority's certificate at /files/ca.crt.</summary>
    internal Task<string> ClientAsync(string script) => DockerCommand.RunAsync(
        "run", "--rm", "--network", "host", "--volume", $"{_files.Path}:/files:ro", EngineImages.Postgres, "bash", "-euo", "pipefail", "-c", script);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_agent is not null)
            await _agent.DisposeAsync();
        foreach (var instance in Instances)
        {
            await DockerCommand.RunAsync("rm", "--force", "--volumes", instance.ContainerName);
            await DockerCommand.RunAsync("volume", "rm", "--force", instance.DataVolume, instance.ConfigVolume);
        }

        if (Cluster is not null && (await DockerCommand.RunAsync("network", "ls", "--format", "{{.Name}}")).Split('\n').Contains(ObjectNames.NetworkOf(Cluster.Ref)))
            await DockerCommand.RunAsync("network", "rm", ObjectNames.NetworkOf(Cluster.Ref));
        if (_network is not null)
            await _network.RemoveAsync();
        _files.Dispose();
    }

    private async Task MakeAsync(EngineNetwork network)
    {
        var host = A.Host() with { ClusterAddress = network.Address, ClientAddress = network.Address };
        var spec = new PostgresClusterSpec { NodeCount = 2, Bootstrap = new BootstrapSpec { Database = "shop", Owner = "seller" }, Resources = new ResourcesSpec { DiskBytes = 1L << 30 } };
        Cluster = A.Cluster() with { Id = new ClusterId(Guid.NewGuid()), Lifecycle = ClusterLifecycle.Creating, Spec = spec, Effective = SpecDefaults.Apply(spec, 1) with { CoordinatorCount = 1 }, ImageSet = EngineImages.Version };
        var subnet = string.Create(CultureInfo.InvariantCulture, $"10.210.{Random.Shared.Next(128, 256)}.{16 * Random.Shared.Next(16)}/28");
        var next = 20000; // The address is the test's own: all its ports are free.
        Instances =
        [
            .. new[] { InstanceKind.Postgres, InstanceKind.Postgres, InstanceKind.Etcd, InstanceKind.Haproxy }.Select((kind, index) =>
                A.Instance(Cluster, host, kind, index + 1) with { Subnet = subnet, Ports = KindProfile.Of(kind).Ports.ToImmutableSortedDictionary(port => port.Name, _ => next++, StringComparer.Ordinal) }),
        ];
        await _store.WriteAsync(
            writer =>
            {
                writer.AddHost(host);
                writer.AddImageSet(A.ImageSet(EngineImages.Version));
                writer.AddCluster(Cluster);
                writer.AddInstances(Instances);
                return true;
            },
            CancellationToken.None);

        var vault = new ClusterVault(_store, new SecretBox([new SecretKey(new byte[SecretKey.Bytes])]), TimeProvider.System);
        await vault.PrepareAsync(Cluster, Instances, CancellationToken.None);
        Secrets = await vault.OpenAsync(Cluster, Instances, CancellationToken.None);
        Password = await vault.OwnerPasswordAsync(Cluster, CancellationToken.None);
        File.SetUnixFileMode(_files.Path, (UnixFileMode)0x1ED);
        await File.WriteAllTextAsync(_files.File("ca.crt"), Secrets.ServerAuthority);

        _agent = await EngineAgent.StartAsync(network);
        Agent = new GrpcAgent(_agent.Invoker, new Identity());
        await RunAsync(vault, new OneAgent(Agent, new GrpcPatroniAgent(_agent.Invoker, new Identity())));
    }

    private async Task RunAsync(ClusterVault vault, OneAgent agents)
    {
        var fleet = new FleetView();
        var builder = new InstanceBuilder(_store, agents, new Identity(), vault, new Strangers(TimeProvider.System));
        var remover = new ClusterRemover(agents, new FirstSight(fleet, TimeProvider.System), TimeProvider.System);
        var driver = new PatroniDriver(_store, agents, builder, new ImageDelivery(agents, NullLogger<ImageDelivery>.Instance), remover, fleet, TimeProvider.System);
        var note = new DataNote(_store);
        IReadOnlyList<IOperationStep> steps =
        [
            .. driver.Steps,
            new CreateContainersStep(builder),
            .. StartStep.All(builder),
            new BootstrapStep(note, builder, driver, TimeProvider.System),
            new OpenStep(builder, driver, vault, new ProxyTeller(agents, fleet, TimeProvider.System)),
            new ConvergeStep(note, new PrimaryNote(_store, agents), builder, driver, TimeProvider.System),
        ];
        foreach (var name in EngineTable.Of(driver.Engine).StepsOf(OperationKinds.PostgresClusterCreate))
        {
            if (name == StepNames.Open)
                BeforeOpen = await KnockAsync();
            if (steps.FirstOrDefault(step => step.Name == name) is { } step)
                await DoAsync(step);
        }
    }

    private async Task DoAsync(IOperationStep step)
    {
        var (began, said) = (TimeProvider.System.GetTimestamp(), "");
        while (TimeProvider.System.GetElapsedTime(began) < _limit)
        {
            try
            {
                var outcome = await step.DoAsync(new StepContext(A.Operation(cluster: Cluster) with { Steps = OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni) }, Cluster, Instances, new Dictionary<HostId, string>()), CancellationToken.None);
                if (outcome is StepOutcome.Done)
                    return;
                said = outcome.ToString();
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                said = exception.Message; // As the operation loop does: it is tried again.
            }

            await Task.Delay(_pause);
        }

        throw new TimeoutException($"{step.Name}: {said}");
    }

    /// <summary>Asks at the proxy until it has a server behind it, and returns what that says.</summary>
    private async Task<string> KnockAsync()
    {
        var proxy = The(InstanceKind.Haproxy);
        return await ClientAsync(
            $"for i in $(seq 50); do PGPASSWORD={Password} psql 'host={proxy.ClientAddress} port={proxy.Ports["read_write"]} user=seller dbname=shop sslmode=require' -c 'select 1' >/tmp/said 2>&1 && break; "
            + "grep -q FATAL /tmp/said && break; sleep 0.1; done; cat /tmp/said");
    }

    private sealed class OneAgent(IAgent agent, IPatroniAgent patroni) : IAgents, IPatroniAgents
    {
        public IAgent? Find(HostId host) => agent;

        public IPatroniAgent? FindPatroni(HostId host) => patroni;
    }

    private sealed class Identity : IControllerIdentity
    {
        public string StoreId => "00000000-0000-4000-8000-000000000001";

        public Ticket TicketFor(string subjectId, long generation) => new(1, "test", 1, subjectId, generation);

        public byte[] MarkOf(Ticket ticket) => [1];
    }
}
