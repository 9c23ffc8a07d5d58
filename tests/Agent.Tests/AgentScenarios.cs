using Agents.Domain.Kinds;
using Agents.Agent.Configuration;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Requirements;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Agent.Tests;

/// <summary>What an agent does with one instance from its birth to its end, called as a controller calls it: held over the fake and over a real engine.</summary>
public abstract partial class AgentScenarios : IAsyncLifetime
{
    private static int s_lastNumber;

    private readonly TemporaryDirectory _directory = new();
    private readonly TestCluster _cluster = new(Interlocked.Increment(ref s_lastNumber));

    private TestAgent Agent { get; set; } = null!;

    /// <summary>Starts an agent over the engine that is tried.</summary>
    internal abstract Task<TestAgent> StartAsync(AgentSettings settings);

    /// <summary>Ends a container's first process.</summary>
    internal abstract Task KillAsync(string container, int pid);

    /// <inheritdoc/>
    public async Task InitializeAsync() => Agent = await StartAsync(TestSettings.Create(_directory.Path));

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _cluster.RemoveAsync(Agent);
        await Agent.DisposeAsync();
        _directory.Dispose();
    }

    [ContractFact]
    public async Task Instance_Created_RunsWhenWanted_AndIsKnownLocally()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WriteDataAsync(Agent);

        var running = await _cluster.WantAsync(Agent, InstanceWant.Running, initialised: true);

        Assert.Equal(InstanceWant.Running, running.Want);
        Assert.Equal(1, running.Starts);
        Assert.Empty(running.StartError);
        var seen = await Agent.UntilAsync(_cluster.InstanceId, instance => instance.Container?.State == ContainerState.Running);
        Assert.Equal("hash-1", seen.ConfigHash);
        Assert.True(seen.Initialised);
        var local = (Agents.Agent.Instances.LocalInstances)Agent.Services.GetService(typeof(Agents.Agent.Instances.LocalInstances))!;
        var found = await local.FindAsync(_cluster.InstanceId, default);
        Assert.Equal(_cluster.Port, found!.Ports[PortNames.Postgres]);
        Assert.Equal("demo-1", found.Member);
        Assert.Equal(seen.Container.Pid, found.InitPid);
        Assert.Equal("secret-content"u8.ToArray(), (await local.ReadConfigAsync(found, default))["ca.crt"]);
        Assert.Null(await local.FindAsync(Guid.NewGuid().ToString(), default));
    }

    [ContractFact]
    public async Task Create_Twice_Adopts_AndAnotherSpecificationIsRefused()
    {
        await _cluster.CreateAsync(Agent);

        var again = await Agent.Containers.CreateContainerAsync(new CreateContainerRequest { Context = _cluster.Context, Spec = _cluster.Spec() }, deadline: TestAgent.Deadline);
        Assert.True(again.Adopted);

        var other = _cluster.Spec();
        other.MemoryBytes += 1 << 20;
        await RefusedAsync(StatusCode.AlreadyExists, ErrorReasons.SpecificationDiffers, Agent.Containers.CreateContainerAsync(
            new CreateContainerRequest { Context = _cluster.Context, Spec = other }, deadline: TestAgent.Deadline));
    }

    [ContractFact]
    public async Task Exit_WithoutVerdict_IsStartedAgainAfterThreeSeconds()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WantAsync(Agent, InstanceWant.Running);
        var first = await Agent.UntilAsync(_cluster.InstanceId, IsRunning);

        await KillAsync(_cluster.Container, first.Container.Pid);

        var dead = await Agent.UntilAsync(_cluster.InstanceId, instance => instance.ExitProof is not null);
        Assert.True(dead.ExitProof.DockerExited);
        var second = await Agent.UntilAsync(_cluster.InstanceId, instance => IsRunning(instance) && instance.Starts == 2);
        Assert.NotEqual(first.Container.Pid, second.Container.Pid);
        Assert.InRange((second.Container.StartedAt - dead.ExitProof.FinishedAt).ToTimeSpan(), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(8));
    }

    [ContractFact]
    public async Task Exit_Fenced_IsProvenAndStaysDownUntilReleased()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WantAsync(Agent, InstanceWant.Running);
        var running = await Agent.UntilAsync(_cluster.InstanceId, IsRunning);
        await KillAsync(_cluster.Container, running.Container.Pid);

        var fenced = await _cluster.FenceAsync(Agent);

        Assert.Equal(InstanceWant.Fenced, fenced.Want);
        var proven = await Agent.UntilAsync(
            _cluster.InstanceId, instance => instance.ExitProof is { DockerExited: true, InitProcessGone: true, CgroupEmpty: true });
        Assert.Equal(proven.ExitProof.BootId, proven.ExitProof.RecordedBootId);
        Assert.Equal(proven.ExitProof.ProcessId, proven.ExitProof.RecordedProcessId);
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.Fenced, _cluster.WantAsync(Agent, InstanceWant.Running));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(ContainerState.Exited, (await Agent.UntilAsync(_cluster.InstanceId, _ => true)).Container.State);

        await Agent.Instances.ReleaseAsync(new ReleaseRequest { Context = _cluster.Context, FenceId = _cluster.FenceId }, deadline: TestAgent.Deadline);

        Assert.Equal(InstanceWant.Running, (await Agent.UntilAsync(_cluster.InstanceId, IsRunning)).Want);
    }

    [ContractFact]
    public async Task AgentRestart_TouchesNoContainer_AndKeepsFence()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WantAsync(Agent, InstanceWant.Running);
        var before = await Agent.UntilAsync(_cluster.InstanceId, IsRunning);
        await _cluster.FenceAsync(Agent, 500);

        await Agent.DisposeAsync();
        Agent = await StartAsync(TestSettings.Create(_directory.Path));

        var after = await Agent.UntilAsync(_cluster.InstanceId, IsRunning);
        Assert.Equal(before.Container.Pid, after.Container.Pid);
        Assert.Equal(before.Container.StartedAt, after.Container.StartedAt);
        Assert.Equal(0, after.Starts);
        Assert.Equal(InstanceWant.Fenced, after.Want);
        Assert.InRange(after.FenceRemaining.ToTimeSpan(), TimeSpan.FromSeconds(400), TimeSpan.FromSeconds(500));
    }

    [ContractFact]
    public async Task WantedRunning_IsNotStoppedStartedOrRemovedBesideItsRecord()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WantAsync(Agent, InstanceWant.Running);

        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.OwnedByAgent, Agent.Containers.StartContainerAsync(
            new StartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.OwnedByAgent, Agent.Containers.RestartContainerAsync(
            new RestartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.OwnedByAgent, Agent.Containers.StopContainerAsync(
            new StopContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.OwnedByAgent, Agent.Containers.RemoveContainerAsync(
            new RemoveContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Force = true }, deadline: TestAgent.Deadline));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.ContainerExists, Agent.Instances.ForgetInstanceAsync(
            new ForgetInstanceRequest { Context = _cluster.Context }, deadline: TestAgent.Deadline));

        await _cluster.WantAsync(Agent, InstanceWant.Stopped, "");
        Assert.Equal(InstanceWant.Stopped, (await Agent.UntilAsync(_cluster.InstanceId, instance => instance.Container.State == ContainerState.Exited)).Want);
    }

    [ContractFact]
    public async Task StaleAndForeignCommands_AreRefused_AndChangeNothing()
    {
        _cluster.Epoch = 5;
        _cluster.Generation = 7;
        await _cluster.CreateAsync(Agent);

        _cluster.Epoch = 4;
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.StaleEpoch, _cluster.FenceAsync(Agent));
        _cluster.Epoch = 5;
        _cluster.Generation = 6;
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.StaleGeneration, _cluster.WantAsync(Agent, InstanceWant.Running));
        _cluster.Generation = 7;
        _cluster.ControllerId = "store-2";
        await RefusedAsync(StatusCode.PermissionDenied, ErrorReasons.OtherController, _cluster.WantAsync(Agent, InstanceWant.Stopped));
        await RefusedAsync(StatusCode.PermissionDenied, ErrorReasons.OtherController, Agent.Containers.RemoveNetworkAsync(
            new RemoveNetworkRequest { Context = _cluster.ClusterContext, Name = _cluster.Network }, deadline: TestAgent.Deadline));
        _cluster.ControllerId = "store-1";

        var instance = await Agent.UntilAsync(_cluster.InstanceId, _ => true);
        Assert.Equal(InstanceWant.Unspecified, instance.Want);
        Assert.Equal(7, instance.Generation);
        var hello = await Agent.Host.HelloAsync(
            new HelloRequest { ControllerId = "store-1", ProtocolMin = 1, ProtocolMax = 1 }, deadline: TestAgent.Deadline);
        Assert.Equal(5, hello.Ticket.Epoch);
        Assert.Equal(7, Assert.Single(hello.Records, record => record.InstanceId == _cluster.InstanceId).Ticket.Generation);
    }

    [ContractFact]
    public async Task Forgotten_IsNeverMadeAgain()
    {
        _cluster.Generation = 3;
        await _cluster.CreateAsync(Agent);
        _cluster.Generation = 4;
        await _cluster.RemoveAsync(Agent);
        await Agent.DisposeAsync();
        Agent = await StartAsync(TestSettings.Create(_directory.Path));

        _cluster.Generation = 3; // Sent before the removal, come after it.
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.StaleGeneration, Agent.Containers.CreateVolumeAsync(
            _cluster.NewVolume(_cluster.DataVolume), deadline: TestAgent.Deadline));
        _cluster.Generation = 5; // By a controller whose store knows the instance still.
        await RefusedAsync(StatusCode.NotFound, ErrorReasons.NotFound, Agent.Containers.CreateVolumeAsync(
            _cluster.NewVolume(_cluster.DataVolume), deadline: TestAgent.Deadline));
        await RefusedAsync(StatusCode.NotFound, ErrorReasons.NotFound, _cluster.WantAsync(Agent, InstanceWant.Stopped, ""));
        await Agent.Instances.ForgetInstanceAsync(new ForgetInstanceRequest { Context = _cluster.Context }, deadline: TestAgent.Deadline);

        Assert.Empty((await Agent.Instances.ListInstancesAsync(new ListInstancesRequest(), deadline: TestAgent.Deadline)).Instances);
        var hello = await Agent.Host.HelloAsync(
            new HelloRequest { ControllerId = "store-1", ProtocolMin = 1, ProtocolMax = 1 }, deadline: TestAgent.Deadline);
        Assert.Equal(4, Assert.Single(hello.Records, record => record.InstanceId == _cluster.InstanceId).Ticket.Generation);
    }

    [ContractFact]
    public async Task OtherKinds_AreStartedByCommand_AndTheirLogsAndStatsAreRead()
    {
        await _cluster.CreateAsync(Agent, KindProfile.Haproxy.Word);
        var name = new StartContainerRequest { Context = _cluster.Context, Name = _cluster.Container };

        Assert.Equal(ContainerState.Running, (await Agent.Containers.StartContainerAsync(name, deadline: TestAgent.Deadline)).Container.State);
        Assert.Equal(ContainerState.Running, (await Agent.Containers.StartContainerAsync(name, deadline: TestAgent.Deadline)).Container.State);
        await Agent.Containers.RestartContainerAsync(new RestartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);
        await Agent.Containers.SignalContainerAsync(
            new SignalContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Signal = "SIGWINCH" }, deadline: TestAgent.Deadline);
        using var stats = Agent.Containers.StreamStats(new StreamStatsRequest { Name = _cluster.Container }, deadline: TestAgent.Deadline);
        Assert.True(await stats.ResponseStream.MoveNext(default));
        using var logs = Agent.Containers.StreamLogs(new StreamLogsRequest { Name = _cluster.Container }, deadline: TestAgent.Deadline);
        await logs.ResponseStream.MoveNext(default);
        var stopped = await Agent.Containers.StopContainerAsync(new StopContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);
        Assert.Equal(ContainerState.Exited, stopped.Container.State);
        var waited = await Agent.Containers.WaitContainerAsync(new WaitContainerRequest { Name = _cluster.Container }, deadline: TestAgent.Deadline);
        Assert.Equal(stopped.Container.ExitCode, waited.ExitCode);
        Assert.Contains((await Agent.Containers.ListContainersAsync(
            new ListContainersRequest { Owner = _cluster.Context.Owner }, deadline: TestAgent.Deadline)).Containers, container => container.Name == _cluster.Container);
        Assert.Equal(
            [_cluster.ConfigVolume, _cluster.DataVolume],
            (await Agent.Containers.ListVolumesAsync(new ListVolumesRequest(), deadline: TestAgent.Deadline)).Volumes
                .Where(volume => volume.Labels[ObjectLabels.Instance] == _cluster.InstanceId).Select(volume => volume.Name).Order());
        Assert.Contains((await Agent.Containers.ListNetworksAsync(new ListNetworksRequest(), deadline: TestAgent.Deadline)).Networks, network => network.Name == _cluster.Network);
    }

    [ContractFact]
    public async Task WatchEvents_TellsASnapshotThenADeath()
    {
        await _cluster.CreateAsync(Agent);
        await _cluster.WantAsync(Agent, InstanceWant.Running);
        var running = await Agent.UntilAsync(_cluster.InstanceId, IsRunning);
        using var watch = Agent.Host.WatchEvents(new WatchEventsRequest(), deadline: TestAgent.Deadline);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        var snapshot = watch.ResponseStream.Current.Snapshot;
        Assert.True(snapshot.DockerReachable);
        Assert.Contains(snapshot.Containers, container => container.Name == _cluster.Container);
        Assert.Contains(snapshot.Instances, instance => instance.InstanceId == _cluster.InstanceId);

        await KillAsync(_cluster.Container, running.Container.Pid);

        while (await watch.ResponseStream.MoveNext(default))
            if (watch.ResponseStream.Current.Container is { Action: "die" } death && death.Container.Name == _cluster.Container)
            {
                Assert.Equal(ContainerState.Exited, death.Container.State);
                return;
            }

        Assert.Fail("The stream ended without the death.");
    }

    [ContractFact]
    public async Task WatchEvents_ContainerGone_TellsWhichVolumesAreLeft()
    {
        using var watch = Agent.Host.WatchEvents(new WatchEventsRequest(), deadline: TestAgent.Deadline);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        await _cluster.CreateAsync(Agent); // After the first snapshot: of the volumes that are made now no event tells.
        while (watch.ResponseStream.Current.Container?.Container.Name != _cluster.Container && watch.ResponseStream.Current.Snapshot?.Containers.Any(container => container.Name == _cluster.Container) != true)
            Assert.True(await watch.ResponseStream.MoveNext(default)); // One that goes before it was looked at is never told.

        await Agent.Containers.RemoveContainerAsync(new RemoveContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Force = true }, deadline: TestAgent.Deadline);

        // Snapshots from before, as when the agent first reached the engine, may come until the end is told.
        var isGone = false;
        while (await watch.ResponseStream.MoveNext(default))
        {
            isGone |= watch.ResponseStream.Current.Container is { Removed: true } end && end.Container.Name == _cluster.Container;
            if (isGone && watch.ResponseStream.Current.Snapshot is { } snapshot)
            {
                Assert.DoesNotContain(snapshot.Containers, container => container.Name == _cluster.Container);
                Assert.Contains(snapshot.Volumes, volume => volume.Name == _cluster.DataVolume);
                return;
            }
        }

        Assert.Fail("The stream ended without a snapshot.");
    }

    private static bool IsRunning(Instance instance) => instance.Container?.State == ContainerState.Running;

    private static Task RefusedAsync<T>(StatusCode code, string reason, AsyncUnaryCall<T> call) => RefusedAsync(code, reason, call.ResponseAsync);

    private static async Task RefusedAsync<T>(StatusCode code, string reason, Task<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => call).DefaultTimeout();
        Assert.Equal((code, reason), (exception.StatusCode, RpcErrors.ReasonOf(exception)));
    }
}
