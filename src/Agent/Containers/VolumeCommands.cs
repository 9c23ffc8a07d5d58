using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Policy;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>
/// Makes and removes named volumes. An instance that had data once is never given an empty volume in the place of its data, and data goes by one word alone.
/// </summary>
internal sealed class VolumeCommands(CommandGate gate, PolicyGate policy, IDockerVolumes volumes, ILogger<VolumeCommands> logger)
{
    /// <summary>All volumes of this system.</summary>
    public Task<IReadOnlyList<VolumeInspection>> ListAsync(CancellationToken cancellationToken) => volumes.ListAsync(ObjectLabels.Controller, cancellationToken);

    /// <summary>Creates a volume; answers it, and whether it was there already.</summary>
    public Task<(VolumeInspection Volume, bool Adopted)> CreateAsync(
        Command command, string name, IEnumerable<KeyValuePair<string, string>> labels, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        var body = new VolumeBody(name, HostPolicy.LocalPool, ObjectOwnership.Label(command, labels));
        SpecificationRules.RequirePurpose(PurposeOf(body.Labels));
        return gate.UseAsync(command, createRecord: true, slot => CreateAsync(slot, command, body, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a volume; false when it was not there. Data of an instance goes with it only when <paramref name="destroyData"/> says so.</summary>
    public Task<bool> RemoveAsync(Command command, string name, bool destroyData, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        return gate.UseAsync(command, createRecord: false, slot => RemoveAsync(slot, command, name, destroyData, cancellationToken), cancellationToken);
    }

    private async Task<(VolumeInspection Volume, bool Adopted)> CreateAsync(InstanceSlot slot, Command command, VolumeBody body, CancellationToken cancellationToken)
    {
        if (await volumes.FindAsync(body.Name, cancellationToken) is { } existing)
        {
            ObjectOwnership.Require(command, $"volume {body.Name}", existing.Labels);
            if (PurposeOf(existing.Labels) != PurposeOf(body.Labels))
                throw new CommandException(
                    ErrorReasons.SpecificationDiffers, $"The volume {body.Name} exists for another purpose.", ("volume", body.Name),
                    ("expected", PurposeOf(body.Labels)), ("found", PurposeOf(existing.Labels)));
            return (existing, true);
        }

        if (slot.Record is { Initialised: true } && PurposeOf(body.Labels) == ObjectLabels.DataPurpose)
            throw new CommandException(
                ErrorReasons.VolumeMissing, $"The volume {body.Name} held the instance's data and is gone; an empty one would hide that.", ("volume", body.Name));
        policy.RequirePool(body.Driver);
        await volumes.CreateAsync(body, cancellationToken);
        logger.VolumeCreated(body.Name);
        return (await volumes.FindAsync(body.Name, cancellationToken) ?? new VolumeInspection(body.Name, body.Driver, Labels: body.Labels), false);
    }

    private async Task<bool> RemoveAsync(InstanceSlot slot, Command command, string name, bool destroyData, CancellationToken cancellationToken)
    {
        if (await volumes.FindAsync(name, cancellationToken) is not { } existing)
            return false;
        ObjectOwnership.Require(command, $"volume {name}", existing.Labels);
        if (slot.Record is { Want: InstanceState.Running })
            throw new CommandException(
                ErrorReasons.OwnedByAgent, "The instance is wanted running: say InstanceService.SetWant(STOPPED) first.", ("instance_id", slot.InstanceId));
        if (!destroyData && slot.Record is not ({ Initialised: false } or { DataTrouble: ErrorReasons.DataGone }) && PurposeOf(existing.Labels) != ObjectLabels.ConfigurationPurpose)
            throw new CommandException(
                ErrorReasons.DataPresent, $"The volume {name} holds data of the instance, or may hold it, and goes only with 'destroy_data'.", ("volume", name));
        logger.ObjectRemoved("volume", name);
        return await volumes.RemoveAsync(name, cancellationToken);
    }

    private static string PurposeOf(IReadOnlyDictionary<string, string>? labels) => labels?.GetValueOrDefault(ObjectLabels.Purpose) ?? "";
}
