using System.Formats.Tar;
using Agents.Agent.Docker;
using Agents.Testing.Docker;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Tests;

/// <summary>One instance with its network and volumes, named as a controller names them.</summary>
internal sealed class TestCluster(int number = 1)
{
    private readonly Guid _cluster = Guid.NewGuid();
    private readonly Guid _instance = Guid.NewGuid();
    private bool _isRemoved;

    /// <summary>The instance.</summary>
    public string InstanceId => _instance.ToString();

    /// <summary>Its container.</summary>
    public string Container => $"agents-{_instance:N}";

    /// <summary>Its data.</summary>
    public string DataVolume => $"{Container}-data";

    /// <summary>Its configuration.</summary>
    public string ConfigVolume => $"{Container}-config";

    /// <summary>Its network.</summary>
    public string Network => $"iaas-cluster-{_cluster:N}";

    /// <summary>Its port.</summary>
    public int Port => 27500 + number;

    /// <summary>The generation of the next commands.</summary>
    public long Generation { get; set; } = 1;

    /// <summary>The epoch of the next commands.</summary>
    public long Epoch { get; set; } = 1;

    /// <summary>The process that took the epoch.</summary>
    public string EpochId { get; set; } = "first";

    /// <summary>The fence that is set where no other is named.</summary>
    public string FenceId { get; } = Guid.NewGuid().ToString();

    /// <summary>The generation of the cluster.</summary>
    public long OwnerGeneration { get; set; } = 1;

    /// <summary>The cluster.</summary>
    public ResourceRef Owner => new() { Type = ResourceTypes.PostgresCluster, Id = _cluster.ToString() };

    /// <summary>The controller of the next commands.</summary>
    public string ControllerId { get; set; } = "store-1";

    /// <summary>Who commands about the instance.</summary>
    public CommandContext Context => new()
    {
        ControllerId = ControllerId,
        Ticket = new Ticket { Epoch = Epoch, EpochId = EpochId, InstanceId = InstanceId, Generation = Generation },
        Owner = Owner,
        OwnerGeneration = OwnerGeneration,
        InstanceId = InstanceId,
        InstanceGeneration = Generation,
    };

    /// <summary>Who commands about the cluster.</summary>
    public CommandContext ClusterContext => new()
    {
        ControllerId = ControllerId,
        Ticket = new Ticket { Epoch = Epoch, EpochId = EpochId, InstanceId = Owner.Id, Generation = OwnerGeneration },
        Owner = Owner,
        OwnerGeneration = OwnerGeneration,
    };

    /// <summary>What the container is made from.</summary>
    public ContainerSpec Spec(string kind = InstanceKinds.Postgres) => new()
    {
        Name = Container,
        Image = SmallImage.Reference,
        ImageLabel = SmallImage.Label,
        Command = { "/bin/busybox", "sleep", "1000" },
        Labels = { [ObjectLabels.Kind] = kind, [ObjectLabels.Member] = "demo-1" },
        Network = Network,
        Ports = { new PublishedPort { Name = PortNames.Postgres, Address = "127.0.0.1", Port = Port } },
        Mounts =
        {
            new VolumeMount { Volume = DataVolume, Path = "/var/lib/postgresql" }, new VolumeMount { Volume = ConfigVolume, Path = ConfigPaths.Directory },
        },
        RestartPolicy = InstanceKinds.HoldsData(kind) ? RestartPolicy.No : RestartPolicy.UnlessStopped,
        StopTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        MemoryBytes = 64 << 20,
    };

    /// <summary>Makes network, volumes, container and configuration.</summary>
    public async Task CreateAsync(TestAgent agent, string kind = InstanceKinds.Postgres)
    {
        await agent.Containers.CreateNetworkAsync(new CreateNetworkRequest { Context = ClusterContext, Name = Network, Subnet = $"10.213.{number}.0/28" }, deadline: TestAgent.Deadline);
        foreach (var volume in new[] { DataVolume, ConfigVolume })
            await agent.Containers.CreateVolumeAsync(NewVolume(volume), deadline: TestAgent.Deadline);
        await agent.Containers.CreateContainerAsync(new CreateContainerRequest { Context = Context, Spec = Spec(kind) }, deadline: TestAgent.Deadline);
        await agent.Containers.WriteVolumeFilesAsync(Files("hash-1", "secret-content"), deadline: TestAgent.Deadline);
    }

    /// <summary>Writes into its data volume what PostgreSQL would: the control file of a system.</summary>
    public async Task WriteDataAsync(TestAgent agent, ulong system = 7_412_000_000_000_000_001)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, DataMarks.ControlFile) { DataStream = new MemoryStream(BitConverter.GetBytes(system)) });
        tar.Position = 0;
        await ((IDockerArchives)agent.Services.GetService(typeof(IDockerArchives))!).PutAsync(Container, "/var/lib/postgresql", tar, default);
    }

    /// <summary>Asks for a volume.</summary>
    public CreateVolumeRequest NewVolume(string name) => new()
    {
        Context = Context,
        Name = name,
        Labels = { [ObjectLabels.Purpose] = name == DataVolume ? ObjectLabels.DataPurpose : ObjectLabels.ConfigurationPurpose },
    };

    /// <summary>Files to write.</summary>
    public WriteVolumeFilesRequest Files(string hash, string content, string path = "ca.crt") => new()
    {
        Context = Context,
        Container = Container,
        Directory = ConfigPaths.Directory,
        ConfigHash = hash,
        Files = { new VolumeFile { Path = path, Content = ByteString.CopyFromUtf8(content), Mode = 0b110_000_000, Uid = 100, Gid = 101 } },
    };

    /// <summary>Says what is wanted.</summary>
    public async Task<Instance> WantAsync(TestAgent agent, InstanceWant want, string hash = "hash-1", bool initialised = false) => (await agent.Instances.SetWantAsync(
        new SetWantRequest { Context = Context, Want = want, ConfigHash = hash, Initialised = initialised }, deadline: TestAgent.Deadline)).Instance;

    /// <summary>Fences.</summary>
    public async Task<Instance> FenceAsync(TestAgent agent, double seconds = 60, string? id = null) => (await agent.Instances.FenceAsync(
        new FenceRequest { Context = Context, Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)), Reason = "a test", FenceId = id ?? FenceId }, deadline: TestAgent.Deadline)).Instance;

    /// <summary>Removes everything; once is enough.</summary>
    public async Task RemoveAsync(TestAgent agent)
    {
        if (_isRemoved)
            return;
        _isRemoved = true;
        await WantAsync(agent, InstanceWant.Stopped, "");
        await agent.Containers.RemoveContainerAsync(new RemoveContainerRequest { Context = Context, Name = Container, Force = true }, deadline: TestAgent.Deadline);
        foreach (var volume in new[] { DataVolume, ConfigVolume })
            await agent.Containers.RemoveVolumeAsync(new RemoveVolumeRequest { Context = Context, Name = volume, DestroyData = true }, deadline: TestAgent.Deadline);
        await agent.Containers.RemoveNetworkAsync(new RemoveNetworkRequest { Context = ClusterContext, Name = Network }, deadline: TestAgent.Deadline);
        await agent.Instances.ForgetInstanceAsync(new ForgetInstanceRequest { Context = Context }, deadline: TestAgent.Deadline);
    }
}
