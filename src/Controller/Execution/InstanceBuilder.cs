using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>Makes instances exist on their hosts: network, volumes, container, configuration. Meets what is there already.</summary>
internal sealed class InstanceBuilder(IStore store, IAgents agents, IControllerIdentity identity, ClusterVault vault, Strangers strangers)
{
    private readonly ConfigurationNote _note = new(store);

    /// <summary>The blueprints of a cluster, from its pinned revision and image set.</summary>
    public Task<IReadOnlyList<InstanceBlueprint>> BlueprintsAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        BlueprintsAsync(cluster, instances, [], cancellationToken);

    /// <summary>The same, while it is about to lose some of its nodes.</summary>
    public async Task<IReadOnlyList<InstanceBlueprint>> BlueprintsAsync(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyCollection<Instance> leaving, CancellationToken cancellationToken)
    {
        var images = await store.ReadAsync(reader => reader.FindImageSet(cluster.ImageSet), cancellationToken);
        var secrets = await vault.OpenAsync(cluster, instances, cancellationToken);
        return EngineTable.Of(cluster.Effective.Engine).Build(new ClusterBlueprintInput(
            identity.StoreId, cluster, instances, Invariant.NotNull(images, $"image set {cluster.ImageSet} is in the store"), secrets)
        {
            Leaving = [.. leaving.Select(node => node.Id)],
        });
    }

    /// <summary>Makes a cluster's network on the host of one of its instances: once per host, before its instances. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task EnsureNetworkAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        try
        {
            await AgentOf(instance.HostId).CreateNetworkAsync(
                InstanceTarget.Of(cluster),
                ObjectNames.NetworkOf(instance.Owner),
                instance.Subnet,
                ObjectNames.LabelsOf(identity.StoreId, instance.Owner),
                cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.SubnetOverlap)
        {
            strangers.Note(instance.HostId, instance.Subnet);
            throw new AgentRefusedException(exception.Reason, exception.Message, exception) { HostId = instance.HostId };
        }
    }

    /// <summary>
    /// Makes instances on hosts that have the cluster's network, side by side, and notes in the store which configuration was written. Throws what <see cref="IAgent"/> throws;
    /// what was written of the others then is noted by the next try.
    /// </summary>
    public async Task EnsureAsync(Cluster cluster, IReadOnlyList<InstanceBlueprint> blueprints, CancellationToken cancellationToken)
    {
        await Task.WhenAll(blueprints.Select(blueprint => EnsureAsync(cluster, blueprint, cancellationToken)));
        await _note.WriteAsync([.. blueprints.Select(blueprint => (blueprint.Instance, blueprint.ConfigHash))], cancellationToken);
    }

    /// <summary>
    /// Writes the configuration of an instance that exists and puts it into force: it reads it again if it runs, or is started again where only that helps. The store says that it
    /// is not in force while that is under way: whatever stops this half-way, the next turn does all of it again. Throws what <see cref="IAgent"/> throws.
    /// </summary>
    public async Task ConfigureAsync(Cluster cluster, InstanceBlueprint blueprint, bool isRunning, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        var target = InstanceTarget.Of(cluster, instance);
        await _note.WriteAsync([(instance, "")], cancellationToken);
        await agent.WriteConfigAsync(target, instance.ContainerName, blueprint.Files, blueprint.ConfigHash, cancellationToken);
        if (isRunning && instance.Profile.ReloadSignal.Length > 0)
            await agent.SignalContainerAsync(target, instance.ContainerName, instance.Profile.ReloadSignal, cancellationToken);
        else if (isRunning)
            await StopAsync(cluster, instance, cancellationToken);
        await StartAsync(cluster, blueprint, cancellationToken);
        await _note.WriteAsync([(instance with { ConfigHash = "" }, blueprint.ConfigHash)], cancellationToken);
    }

    /// <summary>Has its agent keep an instance stopped, and stops it. Returns whether it is there. Throws what <see cref="IAgent"/> throws.</summary>
    public Task<bool> StopAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken) => InstanceStop.StopAsync(AgentOf(instance.HostId), cluster, instance, cancellationToken);

    /// <summary>Stops an instance and takes its container away; its volumes stay. What is gone already is a success. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task TakeDownAsync(Cluster cluster, Instance instance, CancellationToken cancellationToken)
    {
        await StopAsync(cluster, instance, cancellationToken);
        await AgentOf(instance.HostId).RemoveContainerAsync(InstanceTarget.Of(cluster, instance), instance.ContainerName, cancellationToken);
    }

    /// <summary>Has an instance that exists run.</summary>
    public async Task StartAsync(Cluster cluster, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var instance = blueprint.Instance;
        var agent = AgentOf(instance.HostId);
        var target = InstanceTarget.Of(cluster, instance);
        try
        {
            if (instance.Profile.HoldsData)
                await agent.SetWantAsync(target, running: true, blueprint.ConfigHash, instance.Initialised, cancellationToken);
            else
                await agent.StartContainerAsync(target, instance.ContainerName, cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.PortTaken)
        {
            foreach (var port in instance.Ports.Values)
                strangers.Note(instance.HostId, port);
            throw new AgentRefusedException(exception.Reason, exception.Message, exception) { HostId = instance.HostId };
        }
    }

    /// <summary>Has an instance run over a volume in which its data is not any more. Its configuration is written first: it may have become another while the instance was down.</summary>
    public async Task RebuildAsync(Cluster cluster, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        var agent = AgentOf(blueprint.Instance.HostId);
        var target = InstanceTarget.Of(cluster, blueprint.Instance);
        await agent.WriteConfigAsync(target, blueprint.Instance.ContainerName, blueprint.Files, blueprint.ConfigHash, cancellationToken);
        await agent.RebuildAsync(target, blueprint.ConfigHash, cancellationToken);
        await _note.WriteAsync([(blueprint.Instance, blueprint.ConfigHash)], cancellationToken);
    }

    /// <summary>Tells the agent of an instance that it holds data, and then notes it in the store: whatever ends this in between, it is done again. Reads may go there from now on.</summary>
    public async Task NoteDataAsync(Cluster cluster, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        await StartAsync(cluster, blueprint with { Instance = blueprint.Instance with { Initialised = true } }, cancellationToken);
        await store.WriteAsync(
            writer =>
            {
                foreach (var instance in writer.ListInstances(blueprint.Instance.Owner).Where(instance => instance.Id == blueprint.Instance.Id))
                    writer.UpdateInstance(instance with { Initialised = true });
                return true;
            },
            cancellationToken);
        await NoteStaleAsync(cluster.Id, cancellationToken);
    }

    /// <summary>
    /// Notes whose configuration is another than it is to be, now that the cluster has other nodes, or more of them have its data: the loop puts that into force. By itself it does so only with what is noted as not in
    /// force: a controller that makes another configuration of the same cluster changes nothing that runs.
    /// </summary>
    public async Task NoteStaleAsync(ClusterId id, CancellationToken cancellationToken)
    {
        var (cluster, instances) = await store.ReadAsync(
            reader => (Invariant.NotNull(reader.FindCluster(id), "the cluster is there"), reader.ListInstances(ResourceRef.Of(id))), cancellationToken);
        var blueprints = await BlueprintsAsync(cluster, instances, cancellationToken);
        await _note.WriteAsync(
            [.. blueprints.Where(blueprint => !blueprint.Instance.Profile.IsCoordinator && blueprint.Instance.ConfigHash.Length > 0 && blueprint.Instance.ConfigHash != blueprint.ConfigHash).Select(blueprint => (blueprint.Instance, ""))],
            cancellationToken);
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
}
