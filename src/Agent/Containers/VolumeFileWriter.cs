using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Writes files into a volume through a container that mounts it. The contents may be secrets: they are neither logged nor part of any error.</summary>
internal sealed class VolumeFileWriter(
    CommandGate gate, InstanceTable table, FreshCertificates fresh, ContainerReader reader, IDockerArchives archives, ILogger<VolumeFileWriter> logger)
{
    /// <summary>
    /// Takes the hash of the whole set into the instance's record as incomplete, writes all files, and then notes that it is complete: whatever ends this in between,
    /// the record never says that a configuration is there which is not.
    /// </summary>
    public Task<bool> WriteAsync(
        Command command, string container, string directory, IReadOnlyList<VolumeFile> files, string configHash, CancellationToken cancellationToken)
    {
        files.ToList().ForEach(VolumeArchive.Require);
        return gate.UseAsync(
            command, createRecord: false,
            async slot =>
            {
                var target = await reader.GetOwnAsync(command, container, cancellationToken);
                RequireVolume(target, directory);
                var wasComplete = slot.Record?.ConfigComplete ?? false;
                Note(slot, configHash, isComplete: false);
                using var tar = VolumeArchive.Build(await WithoutKeptAsync(target, directory, files, cancellationToken));
                await archives.PutAsync(target.Id, directory, tar, cancellationToken);
                Note(slot, configHash, isComplete: configHash.Length > 0 || wasComplete);
                if (directory == ConfigPaths.Directory)
                    fresh.Note(command.InstanceId, configHash, files.Where(file => !file.KeepExisting).Select(file => KeyValuePair.Create(file.Path, file.Content.Memory)));
                logger.FilesWritten(files.Count, container, directory);
                return true;
            },
            cancellationToken);
    }

    private void Note(InstanceSlot slot, string configHash, bool isComplete)
    {
        if (slot.Record is { } record)
            table.Save(slot, record with { ConfigHash = configHash.Length > 0 ? configHash : record.ConfigHash, ConfigComplete = isComplete });
    }

    private async Task<IReadOnlyList<VolumeFile>> WithoutKeptAsync(
        ContainerInspection target, string directory, IReadOnlyList<VolumeFile> files, CancellationToken cancellationToken)
    {
        var written = new List<VolumeFile>();
        foreach (var file in files)
            if (!file.KeepExisting || await archives.GetAsync(target.Id, $"{directory}/{file.Path}", cancellationToken) is not { } existing)
                written.Add(file);
            else
                await existing.DisposeAsync();
        return written;
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
