using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Protocol;
using Agents.Testing.Docker;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Tests.Services;

/// <summary>Damaged records, data and its word, configuration, and who starts what holds data.</summary>
public sealed partial class CommandOrderTests
{
    [Fact]
    public async Task DamagedRecord_IsToldAndNotReplaced_UntilAPersonAcceptsThat()
    {
        await _cluster.CreateAsync(_agent);
        await _cluster.WantAsync(_agent, InstanceWant.Running);
        await _agent.DisposeAsync();
        _engine.Crash(_cluster.Container);
        await File.WriteAllTextAsync(_directory.File($"data/instances/{_cluster.InstanceId}.json"), "{ torn");
        await StartAsync();

        var instance = await _agent.UntilAsync(_cluster.InstanceId, instance => instance.Container is not null);
        Assert.True(instance.RecordDamaged);
        Assert.Equal(ContainerState.Exited, instance.Container.State);
        await RefusedAsync(ErrorReasons.RecordDamaged, () => _cluster.WantAsync(_agent, InstanceWant.Running));
        await RefusedAsync(ErrorReasons.RecordDamaged, () => _cluster.FenceAsync(_agent));
        await RefusedAsync(ErrorReasons.RecordDamaged, () => _agent.Containers.CreateVolumeAsync(_cluster.NewVolume(_cluster.DataVolume), deadline: TestAgent.Deadline).ResponseAsync);
        await RefusedAsync(ErrorReasons.RecordDamaged, () => RemoveVolumeAsync(_cluster.DataVolume, destroyData: true));

        var fresh = await _agent.Instances.SetWantAsync(
            new SetWantRequest { Context = _cluster.Context, Want = InstanceWant.Stopped, AcceptDamagedRecord = true }, deadline: TestAgent.Deadline);

        Assert.False(fresh.Instance.RecordDamaged);
        Assert.True(fresh.Instance.Initialised); // Nobody knows: so it counts as one that has data.
    }

    [Fact]
    public async Task DamagedRecord_Accepted_IsForgotten()
    {
        Directory.CreateDirectory(_directory.File("data/instances"));
        await _agent.DisposeAsync();
        await File.WriteAllTextAsync(_directory.File($"data/instances/{_cluster.InstanceId}.json"), "{ torn");
        await StartAsync();
        await RefusedAsync(ErrorReasons.RecordDamaged, () => ForgetAsync(accept: false));

        await ForgetAsync(accept: true);

        Assert.Empty((await _agent.Instances.ListInstancesAsync(new ListInstancesRequest(), deadline: TestAgent.Deadline)).Instances);
        await RestartAsync();
        Assert.Empty((await _agent.Instances.ListInstancesAsync(new ListInstancesRequest(), deadline: TestAgent.Deadline)).Instances);
    }

    [Fact]
    public async Task RemoveVolume_OfDataThatWasInitialised_NeedsTheWord()
    {
        await _cluster.CreateAsync(_agent);
        await _cluster.WriteDataAsync(_agent);
        await _cluster.WantAsync(_agent, InstanceWant.Running, initialised: true);
        await RefusedAsync(ErrorReasons.OwnedByAgent, () => RemoveVolumeAsync(_cluster.DataVolume, destroyData: true));
        await _cluster.WantAsync(_agent, InstanceWant.Stopped);
        await _agent.Containers.RemoveContainerAsync(
            new RemoveContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Force = true }, deadline: TestAgent.Deadline);

        await RefusedAsync(ErrorReasons.DataPresent, () => RemoveVolumeAsync(_cluster.DataVolume, destroyData: false));
        await RemoveVolumeAsync(_cluster.ConfigVolume, destroyData: false);
        await RemoveVolumeAsync(_cluster.DataVolume, destroyData: true);
    }

    [Fact]
    public async Task RemoveVolume_OfAnInstanceWithoutRecord_NeedsTheWord()
    {
        await _cluster.CreateAsync(_agent);
        await _agent.Containers.RemoveContainerAsync(
            new RemoveContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Force = true }, deadline: TestAgent.Deadline);
        await _agent.DisposeAsync();
        File.Delete(_directory.File($"data/instances/{_cluster.InstanceId}.json"));
        await StartAsync();

        await RefusedAsync(ErrorReasons.DataPresent, () => RemoveVolumeAsync(_cluster.DataVolume, destroyData: false));
        await RemoveVolumeAsync(_cluster.DataVolume, destroyData: true);
    }

    [Fact]
    public async Task ConfigurationVolume_OfAnInitialisedInstance_IsMadeAgain_ItsDataIsNot()
    {
        await _cluster.CreateAsync(_agent);
        await _cluster.WantAsync(_agent, InstanceWant.Stopped, initialised: true);
        _engine.LoseVolume(_cluster.DataVolume);
        _engine.LoseVolume(_cluster.ConfigVolume);

        await _agent.Containers.CreateVolumeAsync(_cluster.NewVolume(_cluster.ConfigVolume), deadline: TestAgent.Deadline);
        await RefusedAsync(ErrorReasons.VolumeMissing, () => _agent.Containers.CreateVolumeAsync(_cluster.NewVolume(_cluster.DataVolume), deadline: TestAgent.Deadline).ResponseAsync);
        var other = _cluster.NewVolume(_cluster.ConfigVolume);
        other.Labels[ObjectLabels.Purpose] = ObjectLabels.DataPurpose;
        await RefusedAsync(ErrorReasons.SpecificationDiffers, () => _agent.Containers.CreateVolumeAsync(other, deadline: TestAgent.Deadline).ResponseAsync);
        other.Labels.Remove(ObjectLabels.Purpose);
        await RefusedAsync(ErrorReasons.InvalidArgument, () => _agent.Containers.CreateVolumeAsync(other, deadline: TestAgent.Deadline).ResponseAsync);
    }

    [Fact]
    public async Task WriteVolumeFiles_EndsHalfWay_IsIncompleteAndStartsNothing()
    {
        await _cluster.CreateAsync(_agent);
        _engine.ArchiveFailures.Enqueue(new DockerException(DockerFailure.Unreachable, "gone half-way"));

        await RefusedAsync(ErrorReasons.DockerUnreachable, () => WriteAsync("hash-2"));

        var instance = await _agent.UntilAsync(_cluster.InstanceId, _ => true);
        Assert.Equal(("hash-2", false), (instance.ConfigHash, instance.ConfigComplete));
        await RefusedAsync(ErrorReasons.ConfigMissing, () => _cluster.WantAsync(_agent, InstanceWant.Running, "hash-2"));
        await RefusedAsync(ErrorReasons.ConfigMissing, () => _cluster.WantAsync(_agent, InstanceWant.Running, "hash-1"));
        await RefusedAsync(ErrorReasons.ConfigMissing, () => _cluster.WantAsync(_agent, InstanceWant.Running, ""));
        await WriteAsync("hash-2");
        Assert.True((await _cluster.WantAsync(_agent, InstanceWant.Running, "hash-2")).ConfigComplete);
    }

    [Fact]
    public async Task SetWant_SomebodyElseWritesToItsData_IsNotStarted()
    {
        await _cluster.CreateAsync(_agent);
        var own = (await ((IDockerContainers)_engine).FindAsync(_cluster.Container, default))!;
        var body = new ContainerBody
        {
            Image = SmallImage.Reference,
            HostConfig = new ContainerHostBody
            {
                NetworkMode = _cluster.Network,
                Mounts = [new MountBody(_cluster.DataVolume, "/mnt", ReadOnly: false)],
                RestartPolicy = new RestartPolicyBody("no"),
                CapDrop = [],
                SecurityOpt = [],
                LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
            },
        };
        await _engine.CreateAsync("somebodys-rescue", body, default);
        await _engine.StartAsync("somebodys-rescue", default);

        var refusal = await RefusedAsync(ErrorReasons.VolumeInUse, () => _cluster.WantAsync(_agent, InstanceWant.Running));

        Assert.Contains("somebodys-rescue", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.False((await ((IDockerContainers)_engine).FindAsync(own.Id, default))!.State.Running);
        await ((IDockerContainers)_engine).StopAsync("somebodys-rescue", null, default);
        await _cluster.WantAsync(_agent, InstanceWant.Running);
        Assert.True((await ((IDockerContainers)_engine).FindAsync(own.Id, default))!.State.Running);
    }

    [Fact]
    public async Task WriteVolumeFiles_KeepExisting_IsWrittenWhenAbsentAlone()
    {
        await _cluster.CreateAsync(_agent);
        var local = (Agents.Agent.Instances.LocalInstances)_agent.Services.GetService(typeof(Agents.Agent.Instances.LocalInstances))!;
        foreach (var content in new[] { "first", "second" })
        {
            var files = _cluster.Files("hash-2", content, "archive.command");
            files.Files[0].KeepExisting = true;
            await _agent.Containers.WriteVolumeFilesAsync(files, deadline: TestAgent.Deadline);
        }

        Assert.Equal("first"u8.ToArray(), (await local.ReadConfigAsync((await local.FindAsync(_cluster.InstanceId, default))!, default))["archive.command"]);
    }

    [Fact]
    public async Task AfterABoot_WithoutAController_WhatHoldsDataIsStartedAgain()
    {
        await _cluster.CreateAsync(_agent);
        await _cluster.WantAsync(_agent, InstanceWant.Running);
        await _agent.DisposeAsync();
        _engine.GoAway();
        _engine.ComeBack(containersEnded: true);
        _kernel.BootId = "boot-2";

        await StartAsync();

        Assert.Equal(1, (await _agent.UntilAsync(_cluster.InstanceId, instance => instance.Container?.State == ContainerState.Running)).Starts);
    }

    [Fact]
    public async Task RestartedByDocker_WhatHoldsData_IsRefused()
    {
        await CreateNetworkAsync();
        var spec = _cluster.Spec();
        spec.RestartPolicy = RestartPolicy.UnlessStopped;

        await RefusedAsync(ErrorReasons.InvalidArgument, () => _agent.Containers.CreateContainerAsync(
            new CreateContainerRequest { Context = _cluster.Context, Spec = spec }, deadline: TestAgent.Deadline).ResponseAsync);
    }
}
