using Agents.Agent.Docker;
using Agents.Agent.Docker.Wire;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.V1;

namespace Agents.Agent.Containers;

/// <summary>Writes files into a volume through a container that mounts it. The contents may be secrets: they are neither logged nor part of any error.</summary>
internal sealed class VolumeFileWriter(
    CommandGate gate, InstanceTable table, ContainerReader reader, IDockerArchives archives, ILogger<VolumeFileWriter> logger)
{
    /// <summary>Writes all files, then takes the hash of the whole set into the instance's record.</summary>
    public Task<bool> WriteAsync(
        Command command, string container, string directory, IReadOnlyList<VolumeFile> files, string configHash, CancellationToken cancellationToken)
    {
        using var tar = VolumeArchive.Build(files);
        var content = tar.ToArray();
        return gate.UseAsync(
            command, createRecord: false,
            async slot =>
            {
                var target = await reader.GetOwnAsync(command, container, cancellationToken);
                RequireVolume(target, directory);
                await archives.PutAsync(target.Id, directory, new MemoryStream(content, writable: false), cancellationToken);
                if (slot.Record is { } record && configHash.Length > 0)
                    table.Save(slot, record with { ConfigHash = configHash });
                logger.FilesWritten(files.Count, container, directory);
                return true;
            },
            cancellationToken);
    }

    private static void RequireVolume(ContainerInspection container, string directory)
    {
        var mount = container.Mounts?.FirstOrDefault(mount => mount.Type == "volume" && mount.Destination == directory)
            ?? throw SpecificationRules.Invalid("directory", $"'{directory}' is not where {container.PlainName} mounts a named volume");
        if (!mount.RW)
            throw new CommandException(
                ErrorReasons.DockerRefused, $"{container.PlainName} mounts {directory} read-only: the engine writes through no read-only mount.", ("directory", directory));
    }
}
