using System.Collections.Immutable;
using System.Globalization;
using Agents.Agent.Configuration;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>Finds the instances that run on this host. The engine is asked with every call; failures of the engine are thrown.</summary>
internal sealed class LocalInstances(IDockerContainers containers, IDockerArchives archives, InstanceTable table, AgentSettings settings)
{
    /// <summary>The instance with this id, running or not; null when this host has no container of it.</summary>
    public async Task<LocalInstance?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        foreach (var summary in await containers.ListAsync($"{ObjectLabels.Instance}={instanceId}", cancellationToken))
            if (await containers.FindAsync(summary.Id, cancellationToken) is { } container)
                return Show(container);
        return null;
    }

    /// <summary>An instance as its container shows it.</summary>
    public LocalInstance Show(ContainerInspection container) => new(
        container.Label(ObjectLabels.Instance), container.Label(ObjectLabels.Kind), container.Label(ObjectLabels.Member), container.Id, container.PlainName,
        container.State.Running ? container.State.Pid : 0, PortsOf(container), settings.ClusterAddress.ToString(), table.Find(container.Label(ObjectLabels.Instance))?.ConfigHash ?? "");

    /// <summary>
    /// The plain files of the instance's configuration volume by their names (<see cref="ConfigPaths"/>), also while the container does not run: all at once, as each reading costs
    /// the Docker Engine the start of a process. None when the volume is not there. Throws <see cref="InvalidDataException"/> for a file of more than 1 MiB. Their content may be a
    /// secret and is never logged.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadConfigAsync(LocalInstance instance, CancellationToken cancellationToken)
    {
        await using var tar = await archives.GetAsync(instance.ContainerId, ConfigPaths.Directory, cancellationToken);
        return tar is null ? ImmutableDictionary<string, byte[]>.Empty : await ConfigFileReader.ReadAllAsync(tar, ConfigPaths.Directory, cancellationToken);
    }

    /// <summary>A plain file of the instance's configuration volume; null where there is none, or what is there cannot be read.</summary>
    public async Task<ConfigFile?> FindConfigFileAsync(LocalInstance instance, string name, CancellationToken cancellationToken)
    {
        try
        {
            var path = $"{ConfigPaths.Directory}/{name}";
            await using var tar = await archives.GetAsync(instance.ContainerId, path, cancellationToken);
            return tar is null ? null : await ConfigFileReader.ReadFileAsync(tar, path, cancellationToken);
        }
        catch (Exception exception) when (exception is DockerException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Puts a file into the instance's configuration volume, in the place of one that is there. Only within the instance's lock.</summary>
    public async Task WriteConfigFileAsync(LocalInstance instance, ConfigFile file, CancellationToken cancellationToken)
    {
        using var tar = file.Pack();
        await archives.PutAsync(instance.ContainerId, ConfigPaths.Directory, tar, cancellationToken);
    }

    private static Dictionary<string, int> PortsOf(ContainerInspection container) => container.Labels
        .Where(label => label.Key.StartsWith(ObjectLabels.PortPrefix, StringComparison.Ordinal))
        .ToDictionary(label => label.Key[ObjectLabels.PortPrefix.Length..], label => int.Parse(label.Value, CultureInfo.InvariantCulture));
}
