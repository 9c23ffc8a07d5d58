using System.Net;
using Agents.Controller.Execution;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Testing.Fleet;

/// <summary>What the real agent obeys and refuses, as the contract says it (protos/agents/v1), on one host for one controller.</summary>
internal sealed partial class FakeAgentRules(FakeHost host, string controllerId)
{
    /// <summary>Lets a command through that is not stale, and makes it the highest seen. Returns the instance's record.</summary>
    public FakeRecord? Admit(Ticket ticket, InstanceTarget target, bool createRecord)
    {
        if (host.Obeyed.GetValueOrDefault("") is { } last && (ticket.Epoch < last.Epoch || (ticket.Epoch == last.Epoch && ticket.EpochId != last.EpochId)))
            throw Refused(ErrorReasons.StaleEpoch, $"epoch {ticket.Epoch} is stale");
        var record = target.InstanceId is { } instance ? Admit(instance, target.Generation, createRecord) : null;
        host.Obeyed[""] = ticket; // Nothing is raised by what is refused.
        if (ticket.SubjectId.Length > 0)
            host.Obeyed[ticket.SubjectId] = ticket;
        return record;
    }

    public void CreateNetwork(long generation, string name, string subnet, IReadOnlyDictionary<string, string> labels)
    {
        Order(generation, name, isRemoval: false);
        RequireDocker();
        if (host.Networks.TryGetValue(name, out var existing))
        {
            RequireOwn(existing.Labels, null, name);
            if (existing.Subnet != subnet)
                throw Refused(ErrorReasons.SpecificationDiffers, $"network {name} has subnet {existing.Subnet}");
            return;
        }
        if (host.Networks.Values.FirstOrDefault(other => Overlap(other.Subnet, subnet)) is { } conflict)
            throw Refused(ErrorReasons.SubnetOverlap, $"subnet {subnet} overlaps with {conflict.Name}");
        if (host.HiddenSubnets.Find(other => Overlap(other, subnet)) is { } hidden)
            throw Refused(ErrorReasons.SubnetOverlap, $"subnet {subnet} overlaps with {hidden} of 'vpn0'");
        host.Networks[name] = new FakeNetwork(name, subnet, labels);
    }

    public void RemoveNetwork(long generation, string name)
    {
        Order(generation, name, isRemoval: true);
        RequireDocker();
        if (!host.Networks.TryGetValue(name, out var network))
            return;
        RequireOwn(network.Labels, null, name);
        if (host.Containers.Values.Any(container => container.IsRunning && container.Blueprint.Network == name))
            throw Refused(ErrorReasons.DockerRefused, $"network {name} is in use by {string.Join(", ", host.Containers.Values.Where(container => container.IsRunning && container.Blueprint.Network == name).Select(container => container.Name))}");
        if (host.Strangers.TryGetValue(name, out var stranger))
            throw Refused(ErrorReasons.DockerRefused, $"network {name} is in use by {stranger}");
        host.Networks.Remove(name);
    }

    public void CreateVolume(FakeRecord record, string name, IReadOnlyDictionary<string, string> labels)
    {
        RequireDocker();
        var purpose = labels.GetValueOrDefault(ObjectLabels.Purpose);
        if (purpose is not (ObjectLabels.DataPurpose or ObjectLabels.ConfigurationPurpose))
            throw Refused(ErrorReasons.InvalidArgument, $"volume {name} has no purpose");
        if (host.Volumes.TryGetValue(name, out var existing))
        {
            RequireOwn(existing.Labels, record.InstanceId, name);
            if (existing.Labels.GetValueOrDefault(ObjectLabels.Purpose) != purpose)
                throw Refused(ErrorReasons.SpecificationDiffers, $"volume {name} is for another purpose");
            return;
        }
        if (record.Initialised && purpose == ObjectLabels.DataPurpose)
            throw Refused(ErrorReasons.VolumeMissing, $"volume {name} held data and is gone");
        host.Volumes[name] = new FakeVolume(name, labels);
    }

    public void RemoveVolume(FakeRecord? record, InstanceId instance, string name, bool destroyData)
    {
        RequireDocker();
        if (!host.Volumes.TryGetValue(name, out var volume))
            return;
        RequireOwn(volume.Labels, instance, name);
        RequireNotWanted(record);
        if (!destroyData && record is not ({ Initialised: false } or { DataTrouble: ErrorReasons.DataGone }) && volume.Labels.GetValueOrDefault(ObjectLabels.Purpose) != ObjectLabels.ConfigurationPurpose)
            throw Refused(ErrorReasons.DataPresent, $"volume {name} holds data");
        if (host.Containers.Values.Any(container => container.Blueprint.Mounts.ContainsKey(name)))
            throw Refused(ErrorReasons.DockerRefused, $"volume {name} is in use");
        host.Volumes.Remove(name);
    }

    public void CreateContainer(FakeRecord record, ContainerBlueprint blueprint)
    {
        if (blueprint.RestartedByDocker && InstanceKinds.HoldsData(blueprint.Labels[ObjectLabels.Kind]))
            throw Refused(ErrorReasons.InvalidArgument, $"container {blueprint.Name} holds data and is not restarted by Docker");
        RequireDocker();
        if (host.Containers.TryGetValue(blueprint.Name, out var existing))
        {
            RequireOwn(existing.Blueprint.Labels, record.InstanceId, blueprint.Name);
            if (existing.Hash != FakeContainer.HashOf(blueprint))
                throw Refused(ErrorReasons.SpecificationDiffers, $"container {blueprint.Name} has another specification");
            return;
        }
        if (!host.Images.Contains(blueprint.ImageLabel))
            throw Refused(ErrorReasons.ImageMissing, $"image {blueprint.Image} is not on {host.Host.Name}");
        if (!host.Networks.TryGetValue(blueprint.Network, out var network))
            throw Refused(ErrorReasons.NotFound, $"there is no network {blueprint.Network}");
        RequireOwn(network.Labels, null, blueprint.Network);
        foreach (var name in blueprint.Mounts.Keys)
            RequireOwn(host.Volumes.TryGetValue(name, out var volume) ? volume.Labels : throw Refused(ErrorReasons.VolumeMissing, $"there is no volume {name}"), record.InstanceId, name);
        host.Containers[blueprint.Name] = new FakeContainer(blueprint);
    }

    public void WriteConfig(FakeRecord? record, InstanceId instance, string container, IReadOnlyList<ConfigFile> files, string configHash)
    {
        RequireDocker();
        var target = Own(instance, container);
        var volume = host.Volumes[target.Blueprint.Mounts.Single(mount => mount.Value == ConfigPaths.Directory).Key];
        volume.ConfigHash = configHash;
        foreach (var file in files.Where(file => !file.KeepExisting || !volume.Files.ContainsKey(file.Path)))
            volume.Files[file.Path] = file.Content;
        if (record is not null)
            (record.ConfigHash, record.ConfigComplete) = (configHash, true);
    }

    public void StartContainer(FakeRecord? record, InstanceId instance, string name)
    {
        RequireDocker();
        var container = Own(instance, name);
        if (InstanceKinds.HoldsData(container.Kind))
            throw Refused(ErrorReasons.OwnedByAgent, $"container {name} holds data");
        if (record is not null)
            RequireVolumes(container.Blueprint);
        if (container.IsRunning)
            return;
        if (host.FindTaken(container) is { } taken)
            throw Refused(ErrorReasons.PortTaken, $"port {taken} of {host.Host.Name} is taken");
        if (!host.CanJoin(container))
            throw Refused(ErrorReasons.DockerRefused, $"network {container.Blueprint.Network} not found");
        host.Start(container);
    }

    public void Signal(InstanceId instance, string name)
    {
        RequireDocker();
        var container = Own(instance, name);
        if (!container.IsRunning)
            throw Refused(ErrorReasons.DockerRefused, $"container {name} is not running");
        container.ReloadCount++;
        host.ReadConfiguration(container);
    }

    public void StopContainer(FakeRecord? record, InstanceId instance, string name)
    {
        RequireDocker();
        var container = Own(instance, name);
        RequireNotWanted(record);
        if (container.IsRunning)
            container.End();
    }

    public void RemoveContainer(FakeRecord? record, InstanceId instance, string name)
    {
        RequireDocker();
        if (!host.Containers.TryGetValue(name, out var container))
            return;
        RequireOwn(container.Blueprint.Labels, instance, name);
        RequireNotWanted(record);
        if (container is { IsRunning: true, Kind: InstanceKinds.Postgres })
            host.KilledNodes.Add(container.Member);
        host.Containers.Remove(name);
    }

    /// <summary>Starting is tried once and tried again by the agent's supervisor, whatever was in its way; stopping is begun and not awaited.</summary>
    public void SetWant(FakeRecord record, bool running, string configHash, bool initialised, bool rebuild = false)
    {
        var container = host.Containers.Values.SingleOrDefault(candidate => candidate.InstanceId == record.InstanceId);
        if (running)
        {
            if (record.FenceId.Length > 0)
                throw Refused(ErrorReasons.Fenced, $"instance {record.InstanceId} is fenced");
            if (configHash.Length > 0 && (configHash != record.ConfigHash || !record.ConfigComplete))
                throw Refused(ErrorReasons.ConfigMissing, "the configuration is not the expected one");
            RequireDocker();
            if (container is null)
                throw Refused(ErrorReasons.NotFound, $"instance {record.InstanceId} has no container");
            RequireVolumes(container.Blueprint);
            RequireData(record, container, initialised, rebuild);
            var taken = container.IsRunning ? null : host.FindTaken(container);
            if (taken is not null && !record.Initialised && !initialised)
                throw Refused(ErrorReasons.PortTaken, $"port {taken} of {host.Host.Name} is taken");
            if ((record.Want != InstanceWant.Running || rebuild) && !container.IsRunning && taken is null && host.CanJoin(container))
            {
                host.Start(container);
                record.DataTrouble = "";
            }
        }
        else if (container is { IsRunning: true })
        {
            container.IsStopping = true;
        }
        else if (container is not null && record.DataTrouble.Length > 0)
        {
            host.HasItsData(record, container); // It may have been put back.
        }
        record.Want = running ? InstanceWant.Running : InstanceWant.Stopped;
        record.Initialised |= initialised;
    }

    public void Forget(InstanceId instance, long generation)
    {
        RequireDocker();
        var text = instance.ToString();
        if (host.Containers.Values.Any(container => container.InstanceId == instance) || host.Volumes.Values.Any(volume => volume.Labels.GetValueOrDefault(ObjectLabels.Instance) == text))
            throw Refused(ErrorReasons.ContainerExists, $"instance {instance} still has a container or volumes");
        host.Records.Remove(instance);
        host.Forgotten.TryAdd(instance, generation);
    }

    /// <summary>The refusal that the controller sees.</summary>
    public static AgentRefusedException Refused(string reason, string message) => new(reason, message);

    private FakeRecord? Admit(InstanceId instance, long generation, bool createRecord)
    {
        if (host.Forgotten.TryGetValue(instance, out var last) && (generation < last || createRecord))
            throw generation < last ? Refused(ErrorReasons.StaleGeneration, $"generation {generation} of {instance} is stale") : Refused(ErrorReasons.NotFound, $"{instance} was forgotten");
        if (!host.Records.TryGetValue(instance, out var record))
        {
            if (!createRecord)
                return null;
            host.Records[instance] = record = new FakeRecord(instance, controllerId);
        }
        if (record.ControllerId != controllerId)
            throw Refused(ErrorReasons.OtherController, $"instance {instance} is another controller's");
        if (generation < record.Generation)
            throw Refused(ErrorReasons.StaleGeneration, $"generation {generation} of {instance} is stale");
        record.Generation = generation;
        return record;
    }

    /// <summary>Commands about one network are ordered by the generation of its owner; after a removal only a higher one makes it again.</summary>
    private void Order(long generation, string name, bool isRemoval)
    {
        if (host.NetworkRecords.TryGetValue(name, out var known))
        {
            if (known.ControllerId != controllerId)
                throw Refused(ErrorReasons.OtherController, $"{name} is another controller's");
            if (generation < known.Generation || (generation == known.Generation && known.IsRemoved && !isRemoval))
                throw Refused(ErrorReasons.StaleGeneration, $"generation {generation} of {name} is stale");
        }
        host.NetworkRecords[name] = (controllerId, generation, isRemoval);
    }

    private void RequireDocker()
    {
        if (!host.IsDockerUp)
            throw Refused(ErrorReasons.DockerUnreachable, "the Docker Engine does not answer");
    }

    private static bool Overlap(string left, string right)
    {
        var (one, other) = (IPNetwork.Parse(left), IPNetwork.Parse(right));
        return one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
    }

    private FakeContainer Own(InstanceId instance, string name)
    {
        if (!host.Containers.TryGetValue(name, out var container))
            throw Refused(ErrorReasons.NotFound, $"there is no container {name}");
        RequireOwn(container.Blueprint.Labels, instance, name);
        return container;
    }

    private void RequireOwn(IReadOnlyDictionary<string, string> labels, InstanceId? instance, string name)
    {
        if (labels[ObjectLabels.Controller] != controllerId)
            throw Refused(ErrorReasons.OtherController, $"{name} is another controller's");
        if (instance is { } id && labels.GetValueOrDefault(ObjectLabels.Instance) != id.ToString())
            throw Refused(ErrorReasons.InvalidArgument, $"{name} is not of instance {id}");
    }

    private void RequireData(FakeRecord record, FakeContainer container, bool initialised, bool rebuild)
    {
        if (!container.IsRunning && !host.HasItsData(record, container, initialised) && !rebuild)
            throw Refused(ErrorReasons.DataGone, $"the data of {record.InstanceId} is gone");
    }

    private void RequireVolumes(ContainerBlueprint blueprint)
    {
        foreach (var volume in blueprint.Mounts.Keys.Where(volume => !host.Volumes.ContainsKey(volume)))
            throw Refused(ErrorReasons.VolumeMissing, $"there is no volume {volume}");
    }

    private static void RequireNotWanted(FakeRecord? record)
    {
        if (record is { Want: InstanceWant.Running })
            throw Refused(ErrorReasons.OwnedByAgent, $"instance {record.InstanceId} is wanted running");
    }
}
