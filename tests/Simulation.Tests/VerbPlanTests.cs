using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Simulation.Tests;

/// <summary>A verb that is only planned begins nothing, and is refused for what it would be refused for.</summary>
public sealed class VerbPlanTests
{
    private static readonly Caller s_operator = new("operator", UserRole.Operator, null, "127.0.0.1");

    [Fact]
    public async Task Plan_OfEachVerb_SaysWhatItWouldDoAndBeginsNothing()
    {
        var simulation = await CreatedAsync();
        var before = await WorldText.OfAsync(simulation);
        var writes = simulation.Fleet.Audit.Count;

        Assert.StartsWith("demo-1 takes writes now", (await PlanAsync(simulation, InstancePower.Stopped)).Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("demo-1 hands the lead over to demo-3 (streaming", (await PlanAsync(simulation, OperationKinds.PostgresClusterSwitchover, "demo-3")).Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("one at a time, each only while all stream: demo-2, demo-3", (await PlanAsync(simulation, OperationKinds.PostgresClusterRestart, "")).Notes[0], StringComparison.Ordinal);

        Assert.Equal(before.Store, (await WorldText.OfAsync(simulation)).Store);
        await simulation.TurnsAsync(5);
        Assert.Equal(writes, simulation.Fleet.Audit.Count);
    }

    [Fact]
    public async Task Plan_OfAStart_NamesTheFormerPrimary()
    {
        var simulation = await CreatedAsync();
        await simulation.RequestPowerAsync(InstancePower.Stopped);
        await simulation.RunAsync();

        Assert.Equal("demo-1, which took the writes, is started first and alone until it leads", (await PlanAsync(simulation, InstancePower.Running)).Notes[0]);
    }

    [Fact]
    public async Task Plan_OfWhatIsRefused_IsRefused()
    {
        var simulation = await CreatedAsync();

        Assert.Equal(ErrorReasons.NotStopped, await RefusalAsync(() => PlanAsync(simulation, InstancePower.Running)));
        Assert.Equal(ErrorReasons.InvalidArgument, await RefusalAsync(() => PlanAsync(simulation, OperationKinds.PostgresClusterSwitchover, "demo-9")));
        await simulation.RequestSwitchoverAsync();
        Assert.Equal(ErrorReasons.OperationInProgress, await RefusalAsync(() => PlanAsync(simulation, InstancePower.Stopped)));
        Assert.Equal(ErrorReasons.OperationInProgress, await RefusalAsync(() => PlanAsync(simulation, OperationKinds.PostgresClusterRestart, "")));
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        return simulation;
    }

    private static Task<VerbPlan> PlanAsync(Simulation simulation, InstancePower power) => new PowerPostgresClusterHandler(simulation.Store, simulation.Controller.View, new LocalNudge(), simulation.Time).PlanAsync(
        new PowerPostgresCluster { Power = power, Project = "default", Id = simulation.Cluster.Id.ToString(), RequestId = "", Reason = "" }, s_operator, CancellationToken.None);

    private static Task<VerbPlan> PlanAsync(Simulation simulation, string kind, string to) => new SwitchoverPostgresClusterHandler(simulation.Store, simulation.Controller.View, new LocalNudge(), simulation.Time).PlanAsync(
        new SwitchoverPostgresCluster { Kind = kind, Project = "default", Id = simulation.Cluster.Id.ToString(), To = to, RequestId = "", Reason = "" }, s_operator, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> plan) => (await Assert.ThrowsAsync<RefusedException>(plan)).Refusal.Reason;
}
