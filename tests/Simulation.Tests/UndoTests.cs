using System.Text.Json;
using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.Restores;
using Agents.Controller.Enrollment;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>The undo of a create meets data that it does not know of: it keeps the cluster, and has touched nothing by then.</summary>
public sealed class UndoTests
{
    private static readonly string[] s_removals = ["Stop", "Remove", "Forget"];

    [Fact]
    public async Task Undo_OneHostKnowsOfData_KeepsTheClusterAndSaysWhatToDo()
    {
        var simulation = await BootstrappingAsync();
        var (host, _, node) = await simulation.FindAsync("demo-2");
        host.Records[node.Id].Initialised = true;

        await simulation.RequestCancelAsync();
        await simulation.RunAsync();

        var operation = await simulation.OperationAsync(1);
        Assert.Equal((OperationState.Failed, ErrorReasons.DataPresent), (operation.State, operation.Error?.Reason));
        Assert.Contains("demo-2 on h2 hold", operation.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("delete the cluster with purge", operation.Error.Message, StringComparison.Ordinal);
        AssertNothingRemoved(simulation);
        Assert.Equal(ClusterLifecycle.Active, (await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id), CancellationToken.None))!.Lifecycle);
        await simulation.RequestDeleteAsync(purge: true);
        await simulation.RunAsync();
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Undo_HostHasNotAnsweredYet_WaitsForItsWord()
    {
        var simulation = await BootstrappingAsync();
        var (host, _, node) = await simulation.FindAsync("demo-2");
        host.Records[node.Id].Initialised = true;
        var isSilent = true;
        simulation.Fleet.Fault = call => isSilent && call.Host == host ? AgentFault.NotSent : null;

        await simulation.RequestCancelAsync();
        await simulation.TurnsAsync(20);
        Assert.Equal(OperationState.Undoing, (await simulation.OperationAsync(1)).State);
        isSilent = false;
        await simulation.RunAsync();

        Assert.Equal(ErrorReasons.DataPresent, (await simulation.OperationAsync(1)).Error?.Reason);
        AssertNothingRemoved(simulation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_LinkedAgentNeverSaysWhatHoldsData_WaitsAndSaysForWhatUntilItsHostIsRevoked(bool hangs)
    {
        var simulation = await BootstrappingAsync();
        var host = simulation.Fleet.Host("h2");
        simulation.Fleet.Fault = call => hangs && call.Host == host && call.Method == nameof(FakeAgent.ListInitialisedAsync) ? AgentFault.NotSent : null;
        simulation.Fleet.Refusal = call => !hangs && call.Host == host && call.Method == nameof(FakeAgent.ListInitialisedAsync) ? FakeAgentRules.Refused(ErrorReasons.DockerUnreachable, "not now") : null;

        await simulation.RequestCancelAsync();
        await simulation.TurnsAsync(400);
        var waiting = await simulation.OperationAsync(1);
        Assert.Equal(OperationState.Undoing, waiting.State);
        Assert.StartsWith("the undo is tried again and again: h2 does not say which instances hold data ('host revoke' lets this go on without it): ", Assert.Single(waiting.Warnings), StringComparison.Ordinal);
        AssertNothingRemoved(simulation);
        var containers = host.Containers.Keys.ToList();

        await new RevokeHostHandler(simulation.Store, new CuttingConnections(simulation.Fleet), new HostViews(simulation.Controller.View), simulation.Time)
            .HandleAsync("default", "h2", "it hangs", new Caller("admin", UserRole.Admin, null, "127.0.0.1"), CancellationToken.None);
        await simulation.RunAsync();

        Assert.Equal(OperationState.Cancelled, (await simulation.OperationAsync(1)).State);
        Assert.Equal(containers, host.Containers.Keys);
        Assert.All(simulation.Fleet.Hosts.Where(other => other != host), other => Assert.Empty(other.Containers));
    }

    [Theory]
    [InlineData(ErrorReasons.Policy)]
    [InlineData("A_REASON_OF_ITS_OWN")]
    public async Task Undo_AgentRefusesForEverWithOtherWordsEachTime_EndsAndItsRowStaysSmall(string reason)
    {
        var simulation = await BootstrappingAsync();
        var refusals = 0;
        simulation.Fleet.Refusal = call => call.Host.Host.Name == "h2" && call.IsMutation ? FakeAgentRules.Refused(reason, $"no. {++refusals} {new string('x', 300)}") : null;

        await simulation.RequestCancelAsync();
        await simulation.TurnsAsync(1000);

        var operation = await simulation.OperationAsync(1);
        Assert.Equal(OperationState.Cancelled, operation.State);
        Assert.InRange(operation.Warnings.Length, 0, Operation.WarningsMax);
        Assert.InRange(JsonSerializer.Serialize(operation).Length, 0, 20_000);
        Assert.True(refusals > 0);
        Assert.All(simulation.Fleet.Hosts.Where(host => host.Host.Name != "h2"), host => Assert.Empty(host.Containers));
    }

    [Fact]
    public async Task Undo_AgentRefusesToSayWhatHoldsData_IsUndoneElsewhere()
    {
        var simulation = await BootstrappingAsync();
        simulation.Fleet.Refusal = call => call.Host.Host.Name == "h2" ? FakeAgentRules.Refused(ErrorReasons.Policy, "no") : null;

        await simulation.RequestCancelAsync();
        await simulation.TurnsAsync(20);

        Assert.Equal(OperationState.Cancelled, (await simulation.OperationAsync(1)).State);
        Assert.All(simulation.Fleet.Hosts.Where(host => host.Host.Name != "h2"), host => Assert.Empty(host.Containers));
        simulation.Fleet.Refusal = _ => null;
        await simulation.RunAsync();
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h1")]
    [InlineData("h2")]
    [InlineData("h3")]
    public async Task Undo_StoreOfBeforeTheBootstrap_DestroysNothing(string away)
    {
        var simulation = await BootstrappingAsync();
        var copy = simulation.Store.Copy();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.GetReplicationAsync) ? AgentFault.NotSent : null; // It never converges.
        await simulation.TurnsAsync(10);
        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).Steps.Single(step => step.Name == StepNames.Open).State);

        simulation.Store = copy;
        await simulation.ReplaceControllerAsync();
        simulation.Fleet.Audit.Clear();
        await simulation.TurnsAsync(5);
        if (away.Length > 0)
            simulation.Fleet.Host(away).IsLinked = false;
        await simulation.RequestCancelAsync();
        await ConfirmAsync(simulation);
        await simulation.TurnsAsync(20);
        simulation.Fleet.Hosts.ToList().ForEach(host => host.IsLinked = true);
        await simulation.TurnsAsync(20);

        Assert.Equal(ErrorReasons.DataPresent, (await simulation.OperationAsync(1)).Error?.Reason);
        AssertNothingRemoved(simulation);
        Assert.Equal(8, simulation.Fleet.Hosts.Sum(host => host.Containers.Values.Count(container => container.IsRunning)));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("h1", true)]
    public async Task Create_StoreOfAnyCommitConfirmed_HurtsNothingOfTheClusterThatRuns(string away, bool isCancelled)
    {
        var failures = new List<string>();
        for (var commit = 1; ; commit++)
        {
            var simulation = await Simulation.StartAsync();
            await simulation.RequestCreateAsync();
            InMemoryStore? copy = null;
            var first = simulation.Store.CommitCount;
            simulation.Store.KillAt = next =>
            {
                if (next == first + commit + 1)
                    copy = simulation.Store.Copy();
                return null;
            };
            await simulation.RunAsync();
            if (copy is null)
                break;
            var before = Hurt(simulation);

            simulation.Store = copy;
            await simulation.ReplaceControllerAsync();
            simulation.Fleet.Audit.Clear();
            await simulation.TurnsAsync(5);
            if (away.Length > 0)
                simulation.Fleet.Host(away).IsLinked = false;
            if (isCancelled)
                await simulation.RequestCancelAsync();
            await ConfirmAsync(simulation);
            await simulation.TurnsAsync(60);
            simulation.Fleet.Hosts.ToList().ForEach(host => host.IsLinked = true);
            await simulation.TurnsAsync(20);

            var operation = await simulation.OperationAsync(1);
            // A coordinator whose configuration the store does not know is configured and started anew, one after the other: that is no harm.
            var removed = simulation.Fleet.Audit
                .Where(entry => s_removals.Any(word => entry.Method.StartsWith(word, StringComparison.Ordinal)))
                .Where(entry => !(entry.Method == "StopContainer" && entry.Name.StartsWith("demo-etcd-", StringComparison.Ordinal)))
                .ToList();
            if (before != Hurt(simulation) || removed.Count > 0)
                failures.Add($"commit {commit}, {operation.State} {operation.Error?.Reason} {operation.Error?.Message}: {string.Join(", ", removed)}\n{before}\n{Hurt(simulation)}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>Ends a host's link for good.</summary>
    private sealed class CuttingConnections(FakeFleet fleet) : IHostConnections
    {
        /// <inheritdoc/>
        public void Cut(HostId hostId, string reason) => fleet.Find(hostId)!.IsLinked = false;
    }

    private static string Hurt(Simulation simulation) => string.Join(
        '\n',
        simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values.Select(container => $"{host.Host.Name} {container.Name} {container.State}").Concat(host.Volumes.Values.Select(volume => $"{host.Host.Name} {volume.Name} {volume.HasData} {volume.ConfigHash}"))));

    /// <summary>A create that waits for its first primary.</summary>
    private static async Task<Simulation> BootstrappingAsync()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.GetPatroniClusterAsync) ? AgentFault.NotSent : null;
        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(10);
        Assert.Equal(OperationState.Running, (await simulation.OperationAsync(1)).Steps.Single(step => step.Name == StepNames.Bootstrap).State);
        return simulation;
    }

    private static Task ConfirmAsync(Simulation simulation) => new ConfirmRestoreHandler(simulation.Store, simulation.Controller.View, new LocalNudge(), simulation.Time)
        .HandleAsync("", new Caller("admin", UserRole.Admin, null, "127.0.0.1"), CancellationToken.None);

    private static void AssertNothingRemoved(Simulation simulation) =>
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => s_removals.Any(word => entry.Method.StartsWith(word, StringComparison.Ordinal)));
}
