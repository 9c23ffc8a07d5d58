using Agents.Controller.Application.Clusters;
using Agents.Domain.Health;

namespace Agents.Simulation.Tests;

/// <summary>What is said of a cluster while parts of it are out of sight, gone, or held back.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task Status_LinkOfThePrimarysHostCut_IsUnknownAndNeverUnavailable()
    {
        var simulation = await CreatedAsync();
        var primary = await PrimaryAsync(simulation);
        simulation.Fleet.Hosts.Single(host => host.Host.Name == primary.Host).IsLinked = false;

        await simulation.TurnsAsync(2);

        var status = await StatusAsync(simulation);
        Assert.Equal("unknown", status.Phase);
        Assert.Equal((null, "PrimaryOutOfSight"), (status.Conditions[0].Status, status.Conditions[0].Reason));
        Assert.Contains($"that {primary.Instance.Member} leads, and it was not asked: its host is out of reach", status.Conditions[0].Message, StringComparison.Ordinal);
        simulation.Fleet.Hosts.Single(host => host.Host.Name == primary.Host).IsLinked = true;
        await simulation.TurnsAsync(4);
        Assert.Equal("running", (await StatusAsync(simulation)).Phase);
    }

    [Fact]
    public async Task Status_DockerOfThePrimarysHostGone_IsUnknown()
    {
        var simulation = await CreatedAsync();
        var primary = await PrimaryAsync(simulation);
        simulation.Fleet.Hosts.Single(host => host.Host.Name == primary.Host).IsDockerUp = false;

        await simulation.TurnsAsync(2);

        Assert.Equal((null, "PrimaryOutOfSight"), ((await StatusAsync(simulation)).Conditions[0].Status, (await StatusAsync(simulation)).Conditions[0].Reason));
    }

    [Fact]
    public async Task Status_SlotOfAReplicaLost_NamesIt()
    {
        var simulation = await CreatedAsync();
        var (_, container, _) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Engine(simulation.Cluster.Ref).LostSlots.Add("demo_3");

        for (var turn = 0; turn < 4; turn++) // No event tells of it.
        {
            container.Age = 0;
            await simulation.TurnAsync();
        }

        Assert.Contains("demo-3: its replication slot was given up by the primary", (await StatusAsync(simulation)).Conditions[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ImageMissing_IsHeldBackWithItsReasonUntilItIsThere()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-proxy-7");
        host.Images.Clear();
        host.RefusesImages = true;
        host.Containers.Remove(container.Name);

        await simulation.TurnsAsync(3);

        var held = Assert.Single((await StatusAsync(simulation)).Held);
        Assert.Equal(("demo-proxy-7", "IMAGE_MISSING"), (held.Hold.Member, held.Hold.Reason));
        Assert.StartsWith("its container is missing, and that could not be mended: ", held.Hold.Message, StringComparison.Ordinal);
        host.RefusesImages = false;
        await simulation.TurnsAsync(20);
        Assert.Empty((await StatusAsync(simulation)).Held);
    }

    [Fact]
    public async Task Status_DataVolumeGone_IsHeldBack()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-3");
        host.Containers.Remove(container.Name);
        host.Volumes.Remove(instance.DataVolume);

        await simulation.TurnsAsync(3);

        Assert.Contains((await StatusAsync(simulation)).Held, held => held.Hold is { Member: "demo-3", Reason: Hold.DataGone });
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        return simulation;
    }

    private static async Task<NodeStatus> PrimaryAsync(Simulation simulation) => (await StatusAsync(simulation)).Nodes.Single(node => node.Role == "primary");

    private static Task<ClusterStatus> StatusAsync(Simulation simulation) => simulation.Store.ReadAsync(
        reader => new ClusterViews(simulation.Controller.View, simulation.Time).Of(reader, reader.FindCluster(simulation.Cluster.Id)!).Status, CancellationToken.None);
}
