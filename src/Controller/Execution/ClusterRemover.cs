using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>
/// Takes a cluster's things off its hosts. What cannot be reached, or is refused, becomes a leftover, which is carried out when its host returns or obeys: no host holds a delete
/// up for the others, and nothing is forgotten. Data that an undo meets is the exception: it ends there.
/// </summary>
internal sealed class ClusterRemover(IAgents agents, FirstSight firstSight, TimeProvider timeProvider)
{
    /// <summary>Stops instances, the primary when its replicas are down: so nobody has what it has not. Returns where it was not done.</summary>
    public async Task<IReadOnlyList<Undone>> StopAsync(StepContext context, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var primary = context.Cluster.FormerPrimary;
        var byPrimary = instances.ToLookup(instance => instance.Id == primary);
        var undone = await EachAsync(context, [.. byPrimary[false]], InstanceStop.StopAsync, cancellationToken);
        return [.. undone.Union(await EachAsync(context, [.. byPrimary[true]], InstanceStop.StopAsync, cancellationToken))];
    }

    /// <summary>Removes the containers of all instances. Returns where it was not done.</summary>
    public Task<IReadOnlyList<Undone>> RemoveContainersAsync(StepContext context, CancellationToken cancellationToken) =>
        EachAsync(context, context.Instances, RemoveContainerAsync, cancellationToken);

    /// <summary>
    /// Removes volumes, records and networks. With <paramref name="purge"/> the data goes now, and that of an initialised instance only when <paramref name="destroyData"/> says so.
    /// Returns where it was not done.
    /// </summary>
    public async Task<IReadOnlyList<Undone>> RemoveRestAsync(StepContext context, bool purge, bool destroyData, CancellationToken cancellationToken)
    {
        var volumes = await EachAsync(context, context.Instances, (agent, cluster, instance, token) => RemoveVolumesAsync(agent, cluster, instance, HasTrash(instance, purge), destroyData, token), cancellationToken);
        var networks = await EachAsync(context, [.. context.Instances.DistinctBy(instance => instance.HostId)], RemoveNetworkAsync, cancellationToken);
        return [.. volumes.Union(networks)];
    }

    /// <summary>Removes some of a cluster's instances, all but the data that stays: the rest of the cluster goes on. Returns where it was not done.</summary>
    public async Task<IReadOnlyList<Undone>> RemoveNodesAsync(StepContext context, IReadOnlyList<Instance> leaving, Func<Instance, bool> keepsData, bool destroyData, CancellationToken cancellationToken)
    {
        var containers = await EachAsync(context, leaving, RemoveContainerAsync, cancellationToken);
        var volumes = await EachAsync(context, leaving, (agent, cluster, instance, token) => RemoveVolumesAsync(agent, cluster, instance, keepsData(instance), destroyData, token), cancellationToken);
        var networks = await EachAsync(context, [.. LastOnTheirHosts(context, leaving)], RemoveNetworkAsync, cancellationToken);
        return [.. containers.Union(volumes).Union(networks)];
    }

    /// <summary>
    /// The instances of which a host says that they hold data. One that is away, or whose certificate was revoked, says nothing; one that is there has to answer, or an
    /// <see cref="AgentUnavailableException"/> names it - but one that refuses for good ends no undo.
    /// </summary>
    public async Task<IReadOnlyList<Instance>> FindDataAsync(StepContext context, CancellationToken cancellationToken)
    {
        var holding = await Task.WhenAll(context.Instances.GroupBy(instance => instance.HostId).Select(async here =>
        {
            if (agents.Find(here.Key) is not { } agent)
                return firstSight.IsAwaited(here.Key) ? throw new AgentUnavailableException($"{context.NameOf(here.Key)} has not linked since the start") : Array.Empty<Instance>();
            try
            {
                var initialised = await agent.ListInitialisedAsync(cancellationToken);
                return here.Where(instance => initialised.Contains(instance.Id));
            }
            catch (AgentRefusedException exception) when (!exception.IsForNow && context.Operation.State == OperationState.Undoing)
            {
                return []; // As if it were away: it is asked again before anything of it is removed later, and its agent alone can let go of its data.
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException { IsForNow: true })
            {
                throw new AgentUnavailableException($"{context.NameOf(here.Key)} does not say which instances hold data ('host revoke' lets this go on without it): {exception.Message}", exception);
            }
        }));
        return [.. holding.SelectMany(instances => instances).OrderBy(instance => instance.Ordinal)];
    }

    /// <summary>Writes down, in one transaction with the instances' removal from the store, what is still to be removed and when.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="context">The operation.</param>
    /// <param name="undone">Where it was not done.</param>
    /// <param name="purge">Whether data goes at once.</param>
    /// <param name="destroyData">Whether that of an initialised instance goes, too.</param>
    public void WriteLeftovers(IStoreWriter writer, StepContext context, IReadOnlyCollection<Undone> undone, bool purge, bool destroyData)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var instance in context.Instances)
        {
            var isLeft = undone.Any(left => left.HostId == instance.HostId);
            if (isLeft)
                Add(LeftoverKind.Instance, instance.ContainerName, now);
            if (isLeft && instance.Profile.HoldsData)
                Add(LeftoverKind.Volume, instance.DataVolume, HasTrash(instance, purge) ? now + TrashRules.Time : now);
            else if (HasTrash(instance, purge))
                Add(LeftoverKind.Volume, instance.DataVolume, now + TrashRules.Time);
            if (isLeft)
                Add(LeftoverKind.Volume, instance.ConfigVolume, now);
            if (isLeft)
                Add(LeftoverKind.Network, ObjectNames.NetworkOf(instance.Owner), now);
            writer.RemoveInstance(instance.Id);

            void Add(LeftoverKind kind, string name, DateTimeOffset notBefore) =>
                writer.AddLeftover(LeftoverOf(context, instance, kind, name) with { NotBefore = notBefore, DestroyData = destroyData });
        }
    }

    /// <summary>The same for some of a cluster's instances: no data lies in the trash of a cluster that lives, so what stays is told of with what nobody owns.</summary>
    public void WriteLeftovers(IStoreWriter writer, StepContext context, IReadOnlyList<Instance> leaving, IReadOnlyCollection<Undone> undone, Func<Instance, bool> keepsData, bool destroyData)
    {
        var networks = LastOnTheirHosts(context, leaving).ToHashSet();
        foreach (var instance in leaving)
        {
            writer.RemoveInstance(instance.Id);
            if (undone.All(left => left.HostId != instance.HostId))
                continue;
            // What only runs goes whatever it holds.
            Add(LeftoverKind.Instance, instance.ContainerName, destroysData: true);
            if (instance.Profile.HoldsData && !keepsData(instance))
                Add(LeftoverKind.Volume, instance.DataVolume, destroyData);
            Add(LeftoverKind.Volume, instance.ConfigVolume, destroysData: true);
            if (networks.Contains(instance))
                Add(LeftoverKind.Network, ObjectNames.NetworkOf(instance.Owner), destroyData);

            void Add(LeftoverKind kind, string name, bool destroysData) =>
                writer.AddLeftover(LeftoverOf(context, instance, kind, name) with { NotBefore = timeProvider.GetUtcNow(), DestroyData = destroysData });
        }
    }

    /// <summary>One of these for each host on which the cluster has nothing else.</summary>
    private static IEnumerable<Instance> LastOnTheirHosts(StepContext context, IReadOnlyList<Instance> leaving) => leaving.DistinctBy(instance => instance.HostId)
        .Where(instance => context.Instances.All(other => other.HostId != instance.HostId || leaving.Any(gone => gone.Id == other.Id)));

    private static Leftover LeftoverOf(StepContext context, Instance instance, LeftoverKind kind, string name) => new()
    {
        HostId = instance.HostId,
        Owner = instance.Owner,
        OwnerGeneration = context.Cluster.OwnerGeneration,
        InstanceId = kind == LeftoverKind.Network ? null : instance.Id,
        Generation = kind == LeftoverKind.Network ? 0 : instance.Generation,
        Kind = kind,
        Name = name,
        NotBefore = default,
        DestroyData = false,
        OperationId = context.Operation.Id,
    };

    /// <summary>Whether anything of the cluster stays in the trash.</summary>
    public static bool IsWorthKeeping(StepContext context, bool purge) => context.Instances.Any(instance => HasTrash(instance, purge));

    /// <summary>Only what users wrote is worth keeping: what coordinates is nothing without its cluster. Whether a node holds data its host knows better than the store, so every node's is kept.</summary>
    private static bool HasTrash(Instance instance, bool purge) => !purge && instance.Profile.IsNode;

    private static async Task RemoveContainerAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        await InstanceStop.StopAsync(agent, cluster, instance, cancellationToken);
        await agent.RemoveContainerAsync(InstanceTarget.Of(cluster, instance), instance.ContainerName, cancellationToken);
    }

    private static async Task RemoveVolumesAsync(IAgent agent, Cluster cluster, Instance instance, bool keepsData, bool destroyData, CancellationToken cancellationToken)
    {
        var target = InstanceTarget.Of(cluster, instance);
        await agent.RemoveVolumeAsync(target, instance.ConfigVolume, destroyData: false, cancellationToken);
        if (keepsData)
            return; // The record stays too: it keeps the volume from being taken for somebody else's.
        if (instance.Profile.HoldsData)
            await agent.RemoveVolumeAsync(target, instance.DataVolume, destroyData, cancellationToken);
        await agent.ForgetAsync(target, cancellationToken);
    }

    private static Task RemoveNetworkAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken) =>
        agent.RemoveNetworkAsync(InstanceTarget.Of(cluster), ObjectNames.NetworkOf(instance.Owner), cancellationToken);

    private async Task<IReadOnlyList<Undone>> EachAsync(
        StepContext context, IReadOnlyList<Instance> instances, Func<IAgent, Cluster, Instance, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var undone = await Task.WhenAll(instances.Select(async instance =>
        {
            if (agents.Find(instance.HostId) is not { } agent)
                return firstSight.IsAwaited(instance.HostId) ? throw new AgentUnavailableException("the host has not linked since the start") : new Undone(instance.HostId, "");
            try
            {
                await act(agent, context.Cluster, instance, cancellationToken);
                return null;
            }
            catch (AgentUnavailableException)
            {
                return new Undone(instance.HostId, "");
            }
            catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
            {
                return null; // Gone already.
            }
            catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.DockerUnreachable)
            {
                return new Undone(instance.HostId, "");
            }
            catch (AgentRefusedException exception) when (exception.Reason != ErrorReasons.DataPresent || context.Operation.State != OperationState.Undoing)
            {
                return new Undone(instance.HostId, exception.Message); // Whatever one host refuses, the others' turn comes.
            }
        }));
        return [.. undone.OfType<Undone>().Distinct()];
    }

    /// <summary>Where something was not done.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Refusal">The words of the refusal; empty where the host is away.</param>
    public sealed record Undone(HostId HostId, string Refusal)
    {
        /// <summary>The message of a step, with the hosts that are away, and with what was refused on others.</summary>
        public static string Message(StepContext context, IReadOnlyCollection<Undone> undone, string done)
        {
            var away = undone.Where(left => left.Refusal.Length == 0).Select(left => context.NameOf(left.HostId)).Order(StringComparer.Ordinal).ToList();
            var refused = undone.Where(left => left.Refusal.Length > 0).Select(left => $"{context.NameOf(left.HostId)}: {left.Refusal}").Order(StringComparer.Ordinal).ToList();
            return done
                + (away.Count == 0 ? "" : $"; away, to be done when they return: {string.Join(", ", away)}")
                + (refused.Count == 0 ? "" : $"; refused, and tried again: {string.Join("; ", refused)}");
        }
    }
}
