using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Policy;
using Agents.Protocol;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>
/// Creates containers and never starts them. What a container needs must be there before: image, network and volumes, all the controller's own; the engine would
/// silently make missing volumes. A container of the same specification is adopted.
/// </summary>
internal sealed class ContainerCreator(
    CommandGate gate, InstanceTable table, SpecificationRules rules, PolicyGate policy, ContainerReader reader, IDockerContainers containers,
    IDockerImages images, IDockerNetworks networks, IDockerVolumes volumes, ProcessLimits limits, ILogger<ContainerCreator> logger)
{
    /// <summary>Creates a container; answers it, and whether it was there already.</summary>
    public Task<(ContainerInspection Container, bool Adopted)> CreateAsync(Command command, ContainerSpec spec, CancellationToken cancellationToken)
    {
        rules.Require(spec);
        return gate.UseAsync(command, createRecord: true, slot => CreateAsync(slot, command, spec, cancellationToken), cancellationToken);
    }

    private async Task<(ContainerInspection Container, bool Adopted)> CreateAsync(
        InstanceSlot slot, Command command, ContainerSpec spec, CancellationToken cancellationToken)
    {
        var body = ContainerBodyBuilder.Build(spec, ObjectOwnership.Label(command, spec.Labels), limits);
        if (await reader.FindOwnAsync(command, spec.Name, cancellationToken) is { } existing)
            return (Adopt(slot, command, body, existing), true);

        await RequirePartsAsync(command, spec, cancellationToken);
        Note(slot, command, body, spec.Name);
        try
        {
            await containers.CreateAsync(spec.Name, body, cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.Conflict)
        {
            return (Adopt(slot, command, body, await reader.GetOwnAsync(command, spec.Name, cancellationToken)), true);
        }

        logger.ContainerCreated(spec.Name, spec.Image);
        return (await reader.GetOwnAsync(command, spec.Name, cancellationToken), false);
    }

    private ContainerInspection Adopt(InstanceSlot slot, Command command, ContainerBody body, ContainerInspection existing)
    {
        if (existing.Label(ObjectLabels.ContainerHash) != body.Labels![ObjectLabels.ContainerHash])
            throw new CommandException(
                ErrorReasons.SpecificationDiffers, $"The container {existing.PlainName} exists with another specification.", ("container", existing.PlainName),
                ("expected", body.Labels[ObjectLabels.ContainerHash]), ("found", existing.Label(ObjectLabels.ContainerHash)));
        Note(slot, command, body, existing.PlainName);
        return existing;
    }

    private void Note(InstanceSlot slot, Command command, ContainerBody body, string name) => table.Save(
        slot, slot.Record! with { Kind = body.Labels![ObjectLabels.Kind], ContainerName = name, ImageLabel = body.Labels[ObjectLabels.Image], Owner = command.Owner });

    private async Task RequirePartsAsync(Command command, ContainerSpec spec, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(spec.Image, cancellationToken);
        if (image is null || image.Label(ObjectLabels.Image) != spec.ImageLabel)
            throw new CommandException(
                ErrorReasons.ImageMissing, $"The image {spec.Image} labelled '{spec.ImageLabel}' is not on this host.",
                ("image", spec.Image), ("expected", spec.ImageLabel), ("found", image?.Label(ObjectLabels.Image) ?? ""));
        policy.RequireImage(spec.Image, image);
        policy.RequireMemory(spec.Name, spec.MemoryBytes);

        if (await networks.FindAsync(spec.Network, cancellationToken) is not { } network)
            throw new CommandException(ErrorReasons.NotFound, $"This host has no network '{spec.Network}'.", ("network", spec.Network));
        ObjectOwnership.Require(command with { InstanceId = "" }, $"network {spec.Network}", network.Labels);

        foreach (var mount in spec.Mounts)
            ObjectOwnership.Require(command, $"volume {mount.Volume}", (await GetVolumeAsync(mount.Volume, cancellationToken)).Labels);
    }

    private async Task<VolumeInspection> GetVolumeAsync(string name, CancellationToken cancellationToken) =>
        await volumes.FindAsync(name, cancellationToken)
        ?? throw new CommandException(ErrorReasons.VolumeMissing, $"This host has no volume '{name}': create it first.", ("volume", name));
}
