using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>
/// The only place that starts what holds data. Called within the instance's lock, so that no fence can come between the look at the record and the start. It
/// looks at the engine anew, and never starts a container whose volumes are not the ones that were made for it: the engine would silently make empty ones. Nor one whose data
/// somebody else may be writing, nor over half a configuration, nor over a volume in which the data that it had is not any more.
/// </summary>
internal sealed class InstanceStarter(
    InstanceTable table, IDockerContainers containers, IDockerVolumes volumes, DataCheck data, FenceClock fences, RestartClock restarts, ProcessRecorder recorder,
    ILogger<InstanceStarter> logger)
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
    /// Looks whether an instance that has data has it, and notes what was found. Throws <see cref="CommandException"/> when it does not run and has not: what runs is not started.
    /// With <paramref name="rebuild"/> an empty volume is what is expected. Only within the instance's lock.
    /// </summary>
    public async Task RequireDataAsync(InstanceSlot slot, ContainerInspection container, bool initialised, bool rebuild, CancellationToken cancellationToken)
    {
        // Of one that runs only its identity is to be learnt, where it has one that is not known yet; or that its data is back.
        var isKnown = slot.Record!.DataIdentity.Length > 0 || !DataMarks.HaveIdentity(container.Label(ObjectLabels.Kind));
        if (!initialised || (!container.State.IsDown && isKnown && slot.Record.DataTrouble.Length == 0))
            return;
        var sight = await data.LookAsync(slot.Record, container, cancellationToken);
        if (!container.State.IsDown && sight.Trouble.Length > 0)
            return;
        Note(slot, sight);
        if (sight.Trouble == ErrorReasons.DataForeign)
            throw new CommandException(
                sight.Trouble, $"The volume of the instance {slot.InstanceId} holds other data than it had: of the system {sight.Identity}, not {slot.Record.DataIdentity}.",
                ("expected", slot.Record.DataIdentity), ("found", sight.Identity));
        if (sight.Trouble.Length > 0 && !rebuild)
            throw new CommandException(
                sight.Trouble, $"The data of the instance {slot.InstanceId} is not in its volume any more; it is not started over an empty one.", ("instance_id", slot.InstanceId));
    }

    /// <summary>Looks once more where the data was not what it should be: it may have been put back. Only within the instance's lock.</summary>
    public async Task LookAgainAsync(InstanceSlot slot, CancellationToken cancellationToken)
    {
        if (slot.Record is { DataTrouble.Length: > 0 } record && await containers.FindAsync(record.ContainerName, cancellationToken) is { } container)
            Note(slot, await data.LookAsync(record, container, cancellationToken));
    }

    /// <summary>
    /// Starts the instance if its record allows it; a failure is noted and the next attempt put off. Only within the instance's lock. Returns the port that was in the way; null when none was.
    /// </summary>
    public async Task<CommandException?> StartAsync(InstanceSlot slot, bool rebuild, CancellationToken cancellationToken)
    {
        if (slot.Record is not { Want: InstanceState.Running } record || fences.IsFenced(record))
            return null;
        try
        {
            var container = await RequireStartableAsync(record, cancellationToken);
            await RequireDataAsync(slot, container, record.Initialised, rebuild, cancellationToken);
            var isNew = await containers.StartAsync(container.Id, cancellationToken);
            if (isNew)
                logger.InstanceStarted(record.InstanceId, record.ContainerName);
            restarts.Started(slot.Restart, isNew);
            if (await containers.FindAsync(container.Id, cancellationToken) is { } started)
                recorder.Record(slot, started);
            table.Save(slot, slot.Record with { DataTrouble = "" });
            return null;
        }
        catch (Exception exception) when (exception is CommandException or DockerException)
        {
            restarts.Failed(slot.Restart, exception.Message);
            logger.StartFailed(record.InstanceId, slot.Restart.Failures, exception.Message);
            return exception is DockerException failure && PortConflict.Of(failure) is { } conflict ? await conflict.ExplainAsync(containers, cancellationToken) : null;
        }
    }

    private void Note(InstanceSlot slot, DataSight sight) => table.Save(slot, slot.Record! with
    {
        DataTrouble = sight.Trouble,
        DataIdentity = sight is { Trouble.Length: 0, Identity.Length: > 0 } ? sight.Identity : slot.Record.DataIdentity,
    });

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
