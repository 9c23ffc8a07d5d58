using Agents.Agent.Docker;
using Agents.Agent.Docker.Wire;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>
/// The only place that starts what holds data. Called within the instance's lock, so that no fence can come between the look at the record and the start. It
/// looks at the engine anew, and never starts a container whose volumes are not the ones that were made for it: the engine would silently make empty ones. Nor one whose data
/// somebody else may be writing, nor over half a configuration.
/// </summary>
internal sealed class InstanceStarter(
    IDockerContainers containers, IDockerVolumes volumes, FenceClock fences, RestartClock restarts, ProcessRecorder recorder, ILogger<InstanceStarter> logger)
{
    /// <summary>The container that a start would start; throws <see cref="CommandException"/> when it, or a volume of it, is not there or not the instance's.</summary>
    public async Task<ContainerInspection> RequireStartableAsync(InstanceRecord record, CancellationToken cancellationToken)
    {
        var container = record.ContainerName.Length == 0 ? null : await containers.FindAsync(record.ContainerName, cancellationToken);
        if (container is null || container.Label(ObjectLabels.Instance) != record.InstanceId)
            throw new CommandException(
                ErrorReasons.NotFound, $"The instance {record.InstanceId} has no container on this host: create it first.", ("instance_id", record.InstanceId));
        if (record is { ConfigHash.Length: > 0, ConfigComplete: false })
            throw new CommandException(
                ErrorReasons.ConfigMissing, $"The configuration of the instance {record.InstanceId} was not written to its end: write it first.", ("instance_id", record.InstanceId));
        foreach (var mount in container.Mounts ?? [])
            if (mount.Type == "volume")
                await RequireVolumeAsync(mount.Name, container, record, cancellationToken);
        return container;
    }

    /// <summary>
    /// Starts the instance if its record allows it; a failure is noted and the next attempt put off. Only within the instance's lock. Returns the port that was in the way; null when none was.
    /// </summary>
    public async Task<CommandException?> StartAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        if (slot.Record is not { Want: InstanceState.Running } record || fences.IsFenced(record))
            return null;
        try
        {
            var container = await RequireStartableAsync(record, cancellationToken);
            var isNew = await containers.StartAsync(container.Id, cancellationToken);
            if (isNew)
                logger.InstanceStarted(record.InstanceId, record.ContainerName);
            restarts.Started(slot.Restart, isNew);
            if (await containers.FindAsync(container.Id, cancellationToken) is { } started)
                recorder.Record(slot, started);
            return null;
        }
        catch (Exception exception) when (exception is CommandException or DockerException)
        {
            restarts.Failed(slot.Restart, exception.Message);
            logger.StartFailed(record.InstanceId, slot.Restart.Failures, exception.Message);
            return exception is DockerException failure ? PortConflict.Of(failure) : null;
        }
    }

    private async Task RequireVolumeAsync(string name, ContainerInspection container, InstanceRecord record, CancellationToken cancellationToken)
    {
        if (await volumes.FindAsync(name, cancellationToken) is not { Labels: { } labels }
            || labels.GetValueOrDefault(ObjectLabels.Controller) != record.ControllerId || labels.GetValueOrDefault(ObjectLabels.Instance) != record.InstanceId)
            throw new CommandException(
                ErrorReasons.VolumeMissing, $"The volume {name} of the instance {record.InstanceId} is gone; an empty one would hide that.", ("volume", name));
        if (labels.GetValueOrDefault(ObjectLabels.Purpose) == ObjectLabels.ConfigurationPurpose)
            return;
        // PostgreSQL's own lock does not see a server in another container: two of them over one volume destroy it.
        var others = (await containers.ListWritersAsync(name, cancellationToken)).Where(other => other.Id != container.Id).Select(other => $"'{other.PlainName}'").ToList();
        if (others.Count > 0)
            throw new CommandException(
                ErrorReasons.VolumeInUse, $"The volume {name} can be written to by {string.Join(", ", others)}, which runs: stop that first.", ("volume", name));
    }
}
