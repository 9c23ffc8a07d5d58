using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>Does to an instance what the planner says. What is missing for it, as its image, is seen to, and the action is tried again later.</summary>
internal sealed class InstanceCare(IStore store, IFleetView fleet, InstanceBuilder builder, ImageDelivery images)
{
    /// <summary>What an action waits for, so that trying it now is in vain; null for nothing.</summary>
    public Hold? Awaited(PlannedAction action, InstanceBlueprint blueprint) => images.IsUnderWay(action.Instance.HostId, blueprint.Container.ImageLabel)
        ? new Hold(action.Instance.Member, ErrorReasons.ImageMissing, $"{action.Reason}, and its image {blueprint.Container.Image} is being brought to the host again")
        : null;

    /// <summary>Does it. Answers why that was not possible; null when it was.</summary>
    public async Task<Hold?> DoAsync(Cluster cluster, PlannedAction action, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        try
        {
            await ActAsync(cluster, action, blueprint, cancellationToken);
            return null;
        }
        catch (AgentRefusedException exception)
        {
            if (exception.Reason == ErrorReasons.ImageMissing)
                await BringImageAsync(cluster, action.Instance, cancellationToken);
            return FailureOf(action, exception.Reason, exception);
        }
        catch (AgentUnavailableException exception)
        {
            return FailureOf(action, Hold.AgentUnavailable, exception);
        }
    }

    private async Task ActAsync(Cluster cluster, PlannedAction action, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        // No event tells that a person has put it back into its network: what is known may be half a minute old, and what is reached is not stopped.
        if (action.Kind == ActionKind.Remake && await builder.AgentOf(action.Instance.HostId).IsReachedAsync(action.Instance.ContainerName, cancellationToken))
            return;
        if (action.Kind == ActionKind.Remake)
            await builder.TakeDownAsync(cluster, action.Instance, cancellationToken);
        if (action.Kind is ActionKind.Remake or ActionKind.Ensure)
        {
            await builder.EnsureNetworkAsync(cluster, action.Instance, cancellationToken);
            await builder.EnsureAsync(cluster, [blueprint], cancellationToken);
        }

        if (action.Kind == ActionKind.Configure)
            await builder.ConfigureAsync(cluster, blueprint, MayRun(action.Instance), cancellationToken);
        if (action.Kind == ActionKind.Stop)
            await StopAsync(cluster, action.Instance, cancellationToken);
        else if (action.Kind == ActionKind.Rebuild)
            await builder.RebuildAsync(cluster, blueprint, cancellationToken);
        else if (action.Kind == ActionKind.NoteData)
            await builder.NoteDataAsync(cluster, blueprint, cancellationToken);
        else if (action.Kind == ActionKind.SetHangTimeout)
            await builder.AgentOf(action.Instance.HostId).SetHangTimeoutAsync(InstanceTarget.Of(cluster, action.Instance), HangRules.TimeoutOf(cluster), cancellationToken);
        else
            await builder.StartAsync(cluster, blueprint, cancellationToken);
    }

    /// <summary>Stops what runs though its cluster is stopped. It may have taken writes since that was noted: it says where it stands before.</summary>
    private async Task StopAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        var agent = builder.AgentOf(instance.HostId);
        if (instance.Profile.IsNode && (await agent.GetExitAsync(instance.Id, cancellationToken)).Runs)
        {
            var seen = await FindPositionAsync(agent, instance, cancellationToken);
            await store.WriteAsync(
                writer => writer.FindCluster(cluster.Id) is not { IsStopped: true, Stopped: { } stopped } current || writer.UpdateCluster(current with { Stopped = stopped.After(instance.Id, seen) }, current.Generation),
                cancellationToken);
        }

        await builder.StopAsync(cluster, instance, cancellationToken);
    }

    private static async Task<WalPosition?> FindPositionAsync(IAgent agent, Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return await agent.GetPositionAsync(node.Id, cancellationToken);
        }
        catch (AgentRefusedException)
        {
            return null; // It runs, and does not say.
        }
    }

    /// <summary>What is not seen to be down may run: of a host whose link was made anew meanwhile nothing is known yet.</summary>
    private bool MayRun(Instance instance) =>
        fleet.Host(instance.HostId) is not { IsCurrent: true } host || host.Containers.GetValueOrDefault(instance.ContainerName) is null or { State: ContainerState.Running or ContainerState.Unknown };

    private async Task BringImageAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(reader => reader.FindImageSet(cluster.ImageSet), cancellationToken);
        images.Begin(instance.HostId, Invariant.NotNull(set?.Find(instance.Kind), "what a blueprint was made from has an image"), cancellationToken);
    }

    private static Hold FailureOf(PlannedAction action, string reason, Exception exception) =>
        new(action.Instance.Member, reason, $"{action.Reason}, and that could not be mended: {exception.Message}");
}
