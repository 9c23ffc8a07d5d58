using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>
/// Takes a cluster's things off its hosts. What cannot be reached becomes a leftover, which is carried out when its host returns: a host that is away never holds a delete up,
/// and nothing is forgotten.
/// </summary>
internal sealed class ClusterRemover(IAgents agents, FirstSight firstSight, TimeProvider timeProvider)
{
    /// <summary>How long data stays in the trash when a purge was not asked for.</summary>
    public static TimeSpan TrashTime { get; } = TimeSpan.FromDays(7);

    /// <summary>Stops instances of a kind. Returns the hosts that could not be reached.</summary>
    public Task<IReadOnlyList<HostId>> StopAsync(StepContext context, InstanceKind kind, CancellationToken cancellationToken) =>
        EachAsync(context, [.. context.Instances.Where(instance => instance.Kind == kind)], StopAsync, cancellationToken);

    /// <summary>Removes the containers of all instances. Returns the hosts that could not be reached.</summary>
    public Task<IReadOnlyList<HostId>> RemoveContainersAsync(StepContext context, CancellationToken cancellationToken) =>
        EachAsync(context, context.Instances, RemoveContainerAsync, cancellationToken);

    /// <summary>
    /// Removes volumes, records and networks. With <paramref name="purge"/> the data goes now, and that of an initialised instance only when <paramref name="destroyData"/> says so.
    /// Returns the hosts that could not be reached.
    /// </summary>
    public async Task<IReadOnlyList<HostId>> RemoveRestAsync(StepContext context, bool purge, bool destroyData, CancellationToken cancellationToken)
    {
        var away = await EachAsync(context, context.Instances, (agent, cluster, instance, token) => RemoveVolumesAsync(agent, cluster, instance, purge, destroyData, token), cancellationToken);
        var networks = await EachAsync(context, [.. context.Instances.DistinctBy(instance => instance.HostId)], RemoveNetworkAsync, cancellationToken);
        return [.. away.Union(networks)];
    }

    /// <summary>Writes down, in one transaction with the instances' removal from the store, what is still to be removed and when.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="context">The operation.</param>
    /// <param name="away">Hosts that could not be reached.</param>
    /// <param name="purge">Whether data goes at once.</param>
    /// <param name="destroyData">Whether that of an initialised instance goes, too.</param>
    public void WriteLeftovers(IStoreWriter writer, StepContext context, IReadOnlyCollection<HostId> away, bool purge, bool destroyData)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var instance in context.Instances)
        {
            var isAway = away.Contains(instance.HostId);
            if (isAway)
                Add(LeftoverKind.Instance, instance.ContainerName, now);
            if (isAway && instance.Profile.HoldsData)
                Add(LeftoverKind.Volume, instance.DataVolume, HasTrash(instance, purge) ? now + TrashTime : now);
            else if (HasTrash(instance, purge))
                Add(LeftoverKind.Volume, instance.DataVolume, now + TrashTime);
            if (isAway)
                Add(LeftoverKind.Volume, instance.ConfigVolume, now);
            if (isAway)
                Add(LeftoverKind.Network, ObjectNames.NetworkOf(instance.Owner), now);
            writer.RemoveInstance(instance.Id);

            void Add(LeftoverKind kind, string name, DateTimeOffset notBefore) =>
                writer.AddLeftover(LeftoverOf(context, instance, kind, name) with { NotBefore = notBefore, DestroyData = destroyData });
        }
    }

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

    /// <summary>Only what users wrote is worth keeping: what coordinates is nothing without its cluster. Whether a node holds data its host knows better than the store, so every node's is kept.</summary>
    private static bool HasTrash(Instance instance, bool purge) => !purge && instance.Profile.IsNode;

    private static async Task StopAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        var target = InstanceTarget.Of(cluster, instance);
        if (instance.Profile.HoldsData)
            await agent.SetWantAsync(target, running: false, configHash: "", instance.Initialised, cancellationToken); // Or its agent would start it again.
        await agent.StopContainerAsync(target, instance.ContainerName, instance.Profile.StopTimeout, cancellationToken);
    }

    private static async Task RemoveContainerAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        await StopAsync(agent, cluster, instance, cancellationToken);
        await agent.RemoveContainerAsync(InstanceTarget.Of(cluster, instance), instance.ContainerName, cancellationToken);
    }

    private static async Task RemoveVolumesAsync(IAgent agent, Cluster cluster, Instance instance, bool purge, bool destroyData, CancellationToken cancellationToken)
    {
        var target = InstanceTarget.Of(cluster, instance);
        await agent.RemoveVolumeAsync(target, instance.ConfigVolume, destroyData: false, cancellationToken);
        if (HasTrash(instance, purge))
            return; // The record stays too: it keeps the volume from being taken for somebody else's.
        if (instance.Profile.HoldsData)
            await agent.RemoveVolumeAsync(target, instance.DataVolume, destroyData, cancellationToken);
        await agent.ForgetAsync(target, cancellationToken);
    }

    private static Task RemoveNetworkAsync(IAgent agent, Cluster cluster, Instance instance, CancellationToken cancellationToken) =>
        agent.RemoveNetworkAsync(InstanceTarget.Of(cluster), ObjectNames.NetworkOf(instance.Owner), cancellationToken);

    private async Task<IReadOnlyList<HostId>> EachAsync(
        StepContext context, IReadOnlyList<Instance> instances, Func<IAgent, Cluster, Instance, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var away = await Task.WhenAll(instances.Select(async instance =>
        {
            if (agents.Find(instance.HostId) is not { } agent)
                return firstSight.IsAwaited(instance.HostId) ? throw new AgentUnavailableException("the host has not linked since the start") : (HostId?)instance.HostId;
            try
            {
                await act(agent, context.Cluster, instance, cancellationToken);
                return null;
            }
            catch (AgentUnavailableException)
            {
                return instance.HostId;
            }
            catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.NotFound)
            {
                return null; // Gone already.
            }
            catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.DockerUnreachable)
            {
                return instance.HostId;
            }
        }));
        return [.. away.OfType<HostId>().Distinct()];
    }
}
