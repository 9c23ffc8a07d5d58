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
        return Revisions.Build(new ClusterBlueprintInput(
            identity.StoreId, cluster, instances, Invariant.NotNull(images, $"image set {cluster.ImageSet} is in the store"), secrets));
    }

    /// <summary>Makes a cluster's network on the host of one of its instances: once per host, before its instances. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task EnsureNetworkAsync(Instance instance, CancellationToken cancellationToken) => await AgentOf(instance.HostId).CreateNetworkAsync(
        InstanceTarget.Of(instance.ClusterId),
        ObjectNames.NetworkOf(instance.ClusterId),
        instance.Subnet,
        ObjectNames.LabelsOf(identity.StoreId, instance.ClusterId),
        cancellationToken);

    /// <summary>Makes one instance on a host that has the cluster's network. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task EnsureAsync(InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        var target = InstanceTarget.Of(instance);
        var labels = ObjectNames.LabelsOf(identity.StoreId, instance.ClusterId, instance);

        foreach (var volume in blueprint.Container.Mounts.Keys)
            await agent.CreateVolumeAsync(target, volume, labels, cancellationToken);
        await agent.CreateContainerAsync(target, blueprint.Container, cancellationToken);
        await agent.WriteConfigAsync(target, instance.ContainerName, blueprint.Files, blueprint.ConfigHash, cancellationToken);
    }

    /// <summary>Has an instance that exists run.</summary>
    public async Task StartAsync(InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        if (instance.Kind == InstanceKind.Postgres)
            await agent.SetWantAsync(InstanceTarget.Of(instance), running: true, blueprint.ConfigHash, instance.Initialised, cancellationToken);
        else
            await agent.StartContainerAsync(InstanceTarget.Of(instance), instance.ContainerName, cancellationToken);
    }

    /// <summary>The agent of a host. Throws <see cref="AgentUnavailableException"/> when it has no link.</summary>
    public IAgent AgentOf(HostId host) => agents.Find(host) ?? throw new AgentUnavailableException("the host has no link");
}
