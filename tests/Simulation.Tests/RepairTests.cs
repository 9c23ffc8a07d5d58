using Agents.Controller.Application.Clusters;
using Agents.Domain.Health;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>What a person took away or broke behind the controller's back is made again over the data, and nothing that is well is touched.</summary>
public sealed class RepairTests
{
    [Theory]
    [InlineData("demo-1")]
    [InlineData("demo-2")]
    [InlineData("demo-etcd-5")]
    [InlineData("demo-proxy-7")]
    public async Task Turn_AnotherConfiguration_IsWrittenAndPutIntoForce(string member)
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync(member);
        host.Records[instance.Id].ConfigHash = host.Volumes[instance.ConfigVolume].ConfigHash = "another";

        await simulation.TurnsAsync(4);

        await simulation.AssertSoundAsync(member);
        Assert.Equal(instance.Profile.ReloadSignal.Length > 0 ? 1 : 0, container.ReloadCount);
        Assert.Equal(instance.Profile.ReloadSignal.Length > 0, simulation.Fleet.Audit.All(entry => entry.Method is "WriteConfig" or "SignalContainer" or "SetWant" or "StartContainer"));
        Assert.True(container.IsRunning);
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_ConfigurationHalfWritten_IsWrittenToItsEnd()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-3");
        host.Records[instance.Id].ConfigComplete = false;

        await simulation.TurnsAsync(3);

        Assert.True(host.Records[instance.Id].ConfigComplete);
        Assert.Equal(1, container.ReloadCount);
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_ControllerDiesBetweenWritingAndReloading_ItIsStillPutIntoForce()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-3");
        host.Records[instance.Id].ConfigHash = "another";
        simulation.Fleet.Fault = call => call.Method == "SignalContainerAsync" && simulation.Lives == 1 ? AgentFault.NotSent : null;
        await simulation.TurnAsync();
        Assert.NotEqual("another", host.Records[instance.Id].ConfigHash);

        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(6);

        Assert.Equal(1, container.ReloadCount);
        await simulation.AssertSoundAsync("after the second life");
    }

    [Fact]
    public async Task Turn_LinkMadeAnewJustBeforeItIsConfigured_ItIsStillPutIntoForce()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        host.Records[instance.Id].ConfigHash = "another";
        host.Records[(await simulation.FindAsync("demo-etcd-4")).Instance.Id].Want = InstanceWant.Unspecified; // Seen to before it, on the same host.
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "SetWantAsync" && container.ReloadCount == 0)
                simulation.Controller.View.Update(host.Host.Id, _ => HostObservation.NeverHeard(host.Host.Id));
            return null;
        };

        await simulation.TurnAsync();
        simulation.Fleet.Fault = _ => null;
        await simulation.TurnsAsync(6);

        Assert.Equal(1, container.ReloadCount);
        await simulation.AssertSoundAsync("after it");
    }

    [Fact]
    public async Task Turn_AllEtcdMembersWithAnotherConfiguration_AreStartedAgainOneAfterTheOther()
    {
        var simulation = await CreatedAsync();
        foreach (var member in new[] { "demo-etcd-4", "demo-etcd-5", "demo-etcd-6" })
        {
            var (host, _, instance) = await simulation.FindAsync(member);
            host.Records[instance.Id].ConfigHash = "another";
        }

        var stopTurns = new List<int>();
        for (var turn = 0; turn < 40; turn++)
        {
            simulation.Fleet.Audit.Clear();
            await simulation.TurnAsync();
            stopTurns.AddRange(simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer").Select(_ => turn));
            Assert.True(simulation.Fleet.Engine(simulation.Cluster.Ref).HasQuorum);
        }

        Assert.Equal(3, stopTurns.Count);
        Assert.All(stopTurns.Zip(stopTurns.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 10, 20));
        await simulation.AssertSoundAsync("three of three");
    }

    [Fact]
    public async Task Turn_EtcdMemberDown_NoOtherIsStartedAgainForItsConfiguration()
    {
        var simulation = await CreatedAsync();
        var (down, downContainer, _) = await simulation.FindAsync("demo-etcd-4");
        down.TakenPorts.UnionWith(downContainer.Blueprint.Ports.Select(port => port.Port));
        downContainer.End();
        var (host, _, instance) = await simulation.FindAsync("demo-etcd-5");
        host.Records[instance.Id].ConfigHash = "another";

        await simulation.TurnsAsync(20);

        Assert.Empty(simulation.Fleet.Audit);
        Assert.Contains((await HeldAsync(simulation)), held => held is { Member: "demo-etcd-5", Reason: Hold.ConfigurationWaits });
        down.TakenPorts.Clear();
        await simulation.TurnsAsync(5);
        await simulation.AssertSoundAsync("it is back");
    }

    [Fact]
    public async Task Turn_ImageMissing_IsBroughtAgainOnce()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-proxy-7");
        host.Images.Clear();
        host.Containers.Remove(container.Name);
        var transfer = new TaskCompletionSource();
        simulation.Fleet.Hold = (_, method) => method == "EnsureImageAsync" ? transfer.Task : null;

        await simulation.TurnsAsync(10);
        Assert.Contains("is being brought to the host again", Assert.Single(await HeldAsync(simulation)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "EnsureImage");
        transfer.SetResult();
        await simulation.TurnsAsync(3);

        Assert.Single(simulation.Fleet.Audit, entry => entry.Method == "EnsureImage");
        Assert.True((await simulation.FindAsync("demo-proxy-7")).Container.IsRunning);
        Assert.Empty(await HeldAsync(simulation));
    }

    [Theory]
    [InlineData("demo-2")]
    [InlineData("demo-etcd-5")]
    [InlineData("demo-proxy-7")]
    public async Task Turn_ContainerOutOfItsNetwork_IsMadeAgainOverItsData(string member)
    {
        var simulation = await CreatedAsync();
        var before = await WorldText.OfAsync(simulation);
        var (_, container, instance) = await simulation.FindAsync(member);
        container.IsDetached = true;

        await simulation.TurnsAsync(6);

        Assert.Equal(before.Fleet, (await WorldText.OfAsync(simulation)).Fleet);
        Assert.Single(simulation.Fleet.Audit, entry => entry.Method == "RemoveContainer" && entry.Name == instance.ContainerName);
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "RemoveVolume");
        await AssertQuietAsync(simulation);
    }

    [Theory]
    [InlineData("demo-1")]
    [InlineData("demo-etcd-5")]
    public async Task Turn_PutBackIntoItsNetworkSinceItWasSeen_IsNotStopped(string member)
    {
        var simulation = await CreatedAsync();
        var (_, container, _) = await simulation.FindAsync(member);
        container.IsDetached = true;
        simulation.Fleet.Fault = call =>
        {
            container.IsDetached &= call.Method != "IsReachedAsync";
            return null;
        };

        await simulation.TurnsAsync(6);

        Assert.False(container.IsDetached);
        Assert.True(container.IsRunning);
        Assert.Empty(simulation.Fleet.Audit);
    }

    [Fact]
    public async Task Turn_NetworkRemoved_IsMadeAgainWithAllThatWasInIt()
    {
        var simulation = await CreatedAsync();
        var before = await WorldText.OfAsync(simulation);
        simulation.RemoveNetwork(simulation.Fleet.Host("h2"));

        await simulation.TurnsAsync(8);

        Assert.Equal(before.Fleet, (await WorldText.OfAsync(simulation)).Fleet);
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "RemoveVolume");
        Assert.All(simulation.Fleet.Audit, entry => Assert.Equal("h2", entry.Host));
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_NetworkOfAStoppedContainerReplaced_ItIsMadeAgain()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-3");
        var (name, network) = host.Networks.Single();
        container.End();
        host.Networks[name] = network with { };

        await simulation.TurnsAsync(8);

        Assert.True((await simulation.FindAsync("demo-3")).Container.IsRunning);
        Assert.False(container.IsRunning);
    }

    [Fact]
    public async Task Turn_ContainerAndConfigurationVolumeRemoved_AreMadeAgainOverTheData()
    {
        var simulation = await CreatedAsync();
        var before = await WorldText.OfAsync(simulation);
        var (host, container, instance) = await simulation.FindAsync("demo-2");
        host.Containers.Remove(container.Name);
        host.Volumes.Remove(instance.ConfigVolume);

        await simulation.TurnsAsync(6);

        Assert.Equal(before.Fleet, (await WorldText.OfAsync(simulation)).Fleet);
        await simulation.AssertSoundAsync("made again");
    }

    private static async Task AssertQuietAsync(Simulation simulation)
    {
        await simulation.TurnsAsync(12);
        simulation.Fleet.Audit.Clear();
        await simulation.TurnsAsync(12);
        Assert.Empty(simulation.Fleet.Audit);
        Assert.Empty(await HeldAsync(simulation));
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Audit.Clear();
        return simulation;
    }

    private static Task<IReadOnlyList<Hold>> HeldAsync(Simulation simulation) => simulation.Store.ReadAsync<IReadOnlyList<Hold>>(
        reader => [.. new ClusterViews(simulation.Controller.View, simulation.Time).Of(reader, reader.FindCluster(simulation.Cluster.Id)!).Status.Held.Select(held => held.Hold)], CancellationToken.None);
}
