using System.Collections.Immutable;
using Agents.Controller.Execution;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Words;
using Xunit;

namespace Agents.Testing.Fleet;

/// <summary>
/// What the controller may rely on when it commands an agent: held over the fake of the simulation and over the agent itself, so that what passes there passes here.
/// </summary>
public abstract partial class AgentContract : IAsyncLifetime
{
    /// <summary>The image that every host of the contract has, by its reference.</summary>
    protected const string ImageReference = "agents/test:1";

    /// <summary>Its label.</summary>
    protected const string ImageLabel = "test:1";

    private const string Network = "iaas-cluster-contract";
    private const string Subnet = "10.213.7.0/28";
    private const string Container = "demo-1-6fe9f788";
    private const string Data = Container + "-data";
    private const string Config = Container + "-config";
    private const int Port = 27700;

    private static readonly ClusterId s_cluster = new ClusterId(Guid.NewGuid());

    private readonly InstanceId _instance = new InstanceId(Guid.NewGuid());

    private IAgent Agent => Connect("store-1", 1);

    /// <inheritdoc/>
    public abstract Task InitializeAsync();

    /// <inheritdoc/>
    public abstract Task DisposeAsync();

    /// <summary>The agent as one controller of an epoch reaches it.</summary>
    internal abstract IAgent Connect(string controllerId, long epoch);

    /// <summary>Takes a volume away as a person does.</summary>
    internal abstract void LoseVolume(string name);

    /// <summary>What runs in a container writes its data into its volume.</summary>
    internal abstract void WriteData(string name);

    /// <summary>Takes the data out of a volume as a person does.</summary>
    internal abstract void EmptyVolume(string name);

    /// <summary>The Docker Engine answers no more.</summary>
    internal abstract void LoseDocker();

    /// <summary>Whether a container runs.</summary>
    internal abstract Task<bool> IsRunningAsync(string name);

    [Fact]
    public async Task SetProxyServers_OfAnotherKindOrNone_IsNotFound()
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);

        await RefusedAsync(ErrorReasons.NotFound, () => Agent.SetProxyServersAsync(Instance(1), [new ProxyServer("read_write", "demo-1", IsUp: true)], default));
        await RefusedAsync(ErrorReasons.NotFound, () => Agent.SetProxyServersAsync(Target(new InstanceId(Guid.NewGuid()), 1), [new ProxyServer("read_write", "demo-1", IsUp: true)], default));
    }

    [Fact]
    public async Task ListInitialised_IsWhatWasSaidToHoldData_AlsoWithoutAnEngine()
    {
        await CreateAsync();
        Assert.Empty(await Agent.ListInitialisedAsync(default));
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: true, default);
        LoseDocker();

        Assert.Equal([_instance], await Agent.ListInitialisedAsync(default));
    }

    [Fact]
    public async Task StaleCommands_AreRefused_AndRaiseNothing()
    {
        await CreateAsync(generation: 5);
        var newer = Connect("store-1", 7);

        await RefusedAsync(ErrorReasons.StaleGeneration, () => newer.SetWantAsync(Instance(4), running: false, "", initialised: false, default));
        await Agent.SetWantAsync(Instance(5), running: false, "", initialised: false, default);
        await newer.SetWantAsync(Instance(6), running: false, "", initialised: false, default);

        await RefusedAsync(ErrorReasons.StaleEpoch, () => Agent.SetWantAsync(Instance(6), running: false, "", initialised: false, default));
        await RefusedAsync(ErrorReasons.OtherController, () => Connect("store-2", 9).SetWantAsync(Instance(6), running: false, "", initialised: false, default));
    }

    [Fact]
    public async Task Volumes_NeedAPurpose_AndKeepIt()
    {
        await CreateVolumeAsync(Data, ObjectLabels.DataPurpose);
        await CreateVolumeAsync(Data, ObjectLabels.DataPurpose);

        await RefusedAsync(ErrorReasons.SpecificationDiffers, () => CreateVolumeAsync(Data, ObjectLabels.ConfigurationPurpose));
        await RefusedAsync(ErrorReasons.InvalidArgument, () => CreateVolumeAsync(Config, ""));
    }

    [Fact]
    public async Task Volumes_OfAnInitialisedInstance_DataIsNotMadeAnew_ConfigurationIs()
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: true, default);
        LoseVolume(Data);
        LoseVolume(Config);

        await RefusedAsync(ErrorReasons.VolumeMissing, () => CreateVolumeAsync(Data, ObjectLabels.DataPurpose));
        await CreateVolumeAsync(Config, ObjectLabels.ConfigurationPurpose);
        await RefusedAsync(ErrorReasons.VolumeMissing, () => Agent.SetWantAsync(Instance(1), running: true, "", initialised: true, default));
    }

    [Fact]
    public async Task RemoveVolume_OfData_NeedsTheWordAndAnEnd()
    {
        await CreateAsync();
        WriteData(Data);
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default);
        await RefusedAsync(ErrorReasons.OwnedByAgent, () => Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: true, default));
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);
        await RefusedAsync(ErrorReasons.DockerRefused, () => Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: true, default));
        await Agent.RemoveContainerAsync(Instance(1), Container, default);

        await RefusedAsync(ErrorReasons.DataPresent, () => Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: false, default));
        await Agent.RemoveVolumeAsync(Instance(1), Config, destroyData: false, default);
        await Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: true, default);
        await Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: false, default);
    }

    [Fact]
    public async Task RemoveVolume_NeverInitialised_NeedsNoWord()
    {
        await CreateVolumeAsync(Data, ObjectLabels.DataPurpose);

        await Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: false, default);
    }

    [Fact]
    public async Task CreateContainer_WithoutItsParts_IsRefused()
    {
        await RefusedAsync(ErrorReasons.NotFound, () => Agent.CreateContainerAsync(Instance(1), Node(), default));
        await CreateNetworkAsync(1);
        await RefusedAsync(ErrorReasons.ImageMissing, () => Agent.CreateContainerAsync(Instance(1), Node() with { ImageLabel = "test:2" }, default));
        await RefusedAsync(ErrorReasons.VolumeMissing, () => Agent.CreateContainerAsync(Instance(1), Node(), default));
        await RefusedAsync(ErrorReasons.InvalidArgument, () => Agent.CreateContainerAsync(Instance(1), Node() with { RestartedByDocker = true }, default));
        await CreateVolumesAsync(1);

        await Agent.CreateContainerAsync(Instance(1), Node(), default);
        await Agent.CreateContainerAsync(Instance(1), Node(), default);
        await RefusedAsync(ErrorReasons.SpecificationDiffers, () => Agent.CreateContainerAsync(Instance(1), Node() with { MemoryBytes = 128 << 20 }, default));
    }

    [Fact]
    public async Task WhatHoldsData_IsStartedBySetWantAlone()
    {
        await CreateAsync();

        await RefusedAsync(ErrorReasons.OwnedByAgent, () => Agent.StartContainerAsync(Instance(1), Container, default));
        await RefusedAsync(ErrorReasons.ConfigMissing, () => Agent.SetWantAsync(Instance(1), running: true, "hash-2", initialised: false, default));
        Assert.False(await IsRunningAsync(Container));
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);

        Assert.True(await IsRunningAsync(Container));
        await RefusedAsync(ErrorReasons.OwnedByAgent, () => Agent.StopContainerAsync(Instance(1), Container, TimeSpan.FromSeconds(1), default));
        await RefusedAsync(ErrorReasons.OwnedByAgent, () => Agent.RemoveContainerAsync(Instance(1), Container, default));
    }

    [Fact]
    public async Task SetWant_WithoutContainer_IsRefused()
    {
        await RefusedAsync(ErrorReasons.NotFound, () => Agent.SetWantAsync(Instance(1), running: true, "", initialised: false, default));
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);
    }

    [Fact]
    public async Task Containers_NotThere_StopIsRefused_RemovalIsNot()
    {
        await CreateVolumeAsync(Data, ObjectLabels.DataPurpose);

        await RefusedAsync(ErrorReasons.NotFound, () => Agent.StopContainerAsync(Instance(1), Container, TimeSpan.FromSeconds(1), default));
        await RefusedAsync(ErrorReasons.NotFound, () => Agent.StartContainerAsync(Instance(1), Container, default));
        await Agent.RemoveContainerAsync(Instance(1), Container, default);
    }

    [Fact]
    public async Task PortTaken_RefusesAProxyAndANewNode_AndOnlyDelaysOneWithData()
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);
        var proxy = Target(new InstanceId(Guid.NewGuid()), 1);
        await CreateAsync(proxy, Of("demo-proxy-2", proxy, KindProfile.Haproxy.Word) with { RestartedByDocker = true });
        var node = Target(new InstanceId(Guid.NewGuid()), 1);
        await CreateAsync(node, Of("demo-3", node, InstanceKinds.Postgres));

        await RefusedAsync(ErrorReasons.PortTaken, () => Agent.StartContainerAsync(proxy, "demo-proxy-2", default));
        await RefusedAsync(ErrorReasons.PortTaken, () => Agent.SetWantAsync(node, running: true, "hash-1", initialised: false, default));
        await Agent.RemoveContainerAsync(node, "demo-3", default); // It is not wanted running.
        await CreateAsync(node, Of("demo-3", node, InstanceKinds.Postgres));
        WriteData("demo-3-data");
        await Agent.SetWantAsync(node, running: true, "hash-1", initialised: true, default);

        Assert.False(await IsRunningAsync("demo-3"));
    }

    [Fact]
    public async Task Forget_WithThingsLeft_IsRefused_AndForgottenIdsAreNeverUsedAgain()
    {
        await CreateAsync(generation: 2);
        await RefusedAsync(ErrorReasons.ContainerExists, () => Agent.ForgetAsync(Instance(2), default));
        await Agent.RemoveContainerAsync(Instance(2), Container, default);
        await RefusedAsync(ErrorReasons.ContainerExists, () => Agent.ForgetAsync(Instance(2), default));
        await Agent.RemoveVolumeAsync(Instance(2), Data, destroyData: false, default);
        await Agent.RemoveVolumeAsync(Instance(2), Config, destroyData: false, default);
        await Agent.ForgetAsync(Instance(2), default);
        await Agent.ForgetAsync(Instance(2), default);

        await RefusedAsync(ErrorReasons.NotFound, () => Agent.SetWantAsync(Instance(3), running: false, "", initialised: false, default));
        await RefusedAsync(ErrorReasons.StaleGeneration, () => Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default));
    }

    [Fact]
    public async Task DockerAway_OnlyWhatNeedsItIsRefused()
    {
        await CreateAsync();
        LoseDocker();

        await RefusedAsync(ErrorReasons.DockerUnreachable, () => CreateVolumeAsync(Data, ObjectLabels.DataPurpose));
        await RefusedAsync(ErrorReasons.DockerUnreachable, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default));
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);
    }

    private static InstanceTarget Owner(long generation) => new(ResourceRef.Of(s_cluster), generation, null, 0);

    private InstanceTarget Instance(long generation) => Target(_instance, generation);

    private static InstanceTarget Target(InstanceId instance, long generation) => new(ResourceRef.Of(s_cluster), 1, instance, generation);

    private ContainerBlueprint Node() => Of(Container, Instance(1), InstanceKinds.Postgres);

    private Task CreateNetworkAsync(long generation) => Agent.CreateNetworkAsync(Owner(generation), Network, Subnet, Labels(), default);

    private async Task CreateAsync(long generation = 1) => await CreateAsync(Instance(generation), Node());

    private async Task CreateAsync(InstanceTarget target, ContainerBlueprint blueprint)
    {
        await CreateNetworkAsync(1);
        foreach (var volume in blueprint.Mounts.Keys)
            await CreateVolumeAsync(target, volume, volume.EndsWith("-data", StringComparison.Ordinal) ? ObjectLabels.DataPurpose : ObjectLabels.ConfigurationPurpose);
        await Agent.CreateContainerAsync(target, blueprint, default);
        await Agent.WriteConfigAsync(target, blueprint.Name, [new ConfigFile("a.conf", "a", 384, 800)], "hash-1", default);
    }

    private async Task CreateVolumesAsync(long generation)
    {
        await CreateVolumeAsync(Instance(generation), Data, ObjectLabels.DataPurpose);
        await CreateVolumeAsync(Instance(generation), Config, ObjectLabels.ConfigurationPurpose);
    }

    private Task CreateVolumeAsync(string name, string purpose) => CreateVolumeAsync(Instance(1), name, purpose);

    private Task CreateVolumeAsync(InstanceTarget target, string name, string purpose) =>
        Agent.CreateVolumeAsync(target, name, purpose.Length == 0 ? Labels(target) : Labels(target).SetItem(ObjectLabels.Purpose, purpose), default);

    private static ContainerBlueprint Of(string name, InstanceTarget target, string kind) => new()
    {
        Name = name,
        Image = ImageReference,
        ImageLabel = ImageLabel,
        Command = [],
        User = 800,
        Labels = Labels(target).SetItem(ObjectLabels.Kind, kind).SetItem(ObjectLabels.Member, name),
        Network = Network,
        Ports = [new PublishedPort(PortNames.Postgres, "127.0.0.1", Port)],
        Mounts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(name + "-data", "/data"), KeyValuePair.Create(name + "-config", ConfigPaths.Directory)]),
        TmpfsBytes = ImmutableSortedDictionary<string, long>.Empty,
        ShmBytes = 0,
        MemoryBytes = 64 << 20,
        CpuMilli = 0,
        RestartedByDocker = false,
        StopTimeout = TimeSpan.FromSeconds(5),
    };

    private static ImmutableSortedDictionary<string, string> Labels(InstanceTarget? target = null)
    {
        var labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(ObjectLabels.Controller, "store-1").Add(ObjectLabels.Owner, ResourceRef.Of(s_cluster).ToString()).Add(ObjectLabels.Cluster, s_cluster.ToString());
        return target is { InstanceId: { } instance } ? labels.Add(ObjectLabels.Instance, instance.ToString()) : labels;
    }

    private static async Task RefusedAsync(string reason, Func<Task> call) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<AgentRefusedException>(call).DefaultTimeout()).Reason);
}
