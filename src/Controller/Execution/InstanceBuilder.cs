using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Makes instances exist on their hosts: network, volumes, container, configuration. Meets what is there already; starts nothing.</summary>
internal sealed class InstanceBuilder(IStore store, IAgents agents, IControllerIdentity identity, ClusterVault vault)
{
    /// <summary>The blueprints of a cluster, from its pinned revision and image set.</summary>
    public async Task<IReadOnlyList<InstanceBlueprint>> BlueprintsAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var images = await store.ReadAsync(reader => reader.FindImageSet(cluster.ImageSet), cancellationToken);
        var secrets = await vault.OpenAsync(cluster.Id, instances, cancellationToken);
        return EngineTable.Of(cluster.Effective.Engine).Build(new ClusterBlueprintInput(
            identity.StoreId, cluster, instances, Invariant.NotNull(images, $"image set {cluster.ImageSet} is in the store"), secrets));
    }

    /// <summary>Makes a cluster's network on the host of one of its instances: once per host, before its instances. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task EnsureNetworkAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken) => await AgentOf(instance.HostId).CreateNetworkAsync(
        InstanceTarget.Of(cluster),
        ObjectNames.NetworkOf(instance.Owner),
        instance.Subnet,
        ObjectNames.LabelsOf(identity.StoreId, instance.Owner),
        cancellationToken);

    /// <summary>
    /// Makes instances on hosts that have the cluster's network, side by side, and notes in the store which configuration was written. Throws what <see cref="IAgent"/> throws;
    /// what was written of the others then is noted by the next try.
    /// </summary>
    public async Task EnsureAsync(Cluster cluster, IReadOnlyList<InstanceBlueprint> blueprints, CancellationToken cancellationToken)
    {
        await Task.WhenAll(blueprints.Select(blueprint => EnsureAsync(cluster, blueprint, cancellationToken)));
        await NoteConfigurationAsync(blueprints, cancellationToken);
    }

    /// <summary>Has an instance that exists run.</summary>
    public async Task StartAsync(Cluster cluster, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        var target = InstanceTarget.Of(cluster, instance);
        if (instance.Profile.HoldsData)
            await agent.SetWantAsync(target, running: true, blueprint.ConfigHash, instance.Initialised, cancellationToken);
        else
            await agent.StartContainerAsync(target, instance.ContainerName, cancellationToken);
    }

    /// <summary>The agent of a host. Throws <see cref="AgentUnavailableException"/> when it has no link.</summary>
    public IAgent AgentOf(HostId host) => agents.Find(host) ?? throw new AgentUnavailableException("the host has no link");

    private async Task EnsureAsync(Cluster cluster, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        var target = InstanceTarget.Of(cluster, instance);
        foreach (var volume in blueprint.Container.Mounts.Keys)
            await agent.CreateVolumeAsync(target, volume, ObjectNames.LabelsOf(identity.StoreId, instance, volume), cancellationToken);
        await agent.CreateContainerAsync(target, blueprint.Container, cancellationToken);
        await agent.WriteConfigAsync(target, instance.ContainerName, blueprint.Files, blueprint.ConfigHash, cancellationToken);
    }

    private async Task NoteConfigurationAsync(IReadOnlyList<InstanceBlueprint> blueprints, CancellationToken cancellationToken)
    {
        if (blueprints.All(blueprint => blueprint.Instance.ConfigHash == blueprint.ConfigHash))
            return;
        var hashes = blueprints.ToDictionary(blueprint => blueprint.Instance.Id, blueprint => blueprint.ConfigHash);
        await store.WriteAsync(
            writer =>
            {
                // An instance that was removed meanwhile stays removed.
                foreach (var instance in blueprints.Select(blueprint => blueprint.Instance.Owner).Distinct().SelectMany(writer.ListInstances))
                {
                    if (hashes.TryGetValue(instance.Id, out var hash) && instance.ConfigHash != hash)
                        writer.UpdateInstance(instance with { ConfigHash = hash });
                }

                return true;
            },
            cancellationToken);
    }
}
