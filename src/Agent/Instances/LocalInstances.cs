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
    /// One file of the instance's configuration volume (<see cref="ConfigPaths"/>), also while the container does not run.
    /// Throws <see cref="FileNotFoundException"/> when it is not there, and <see cref="InvalidDataException"/> when it is no plain file of at most 1 MiB. The content may be
    /// a secret and is never logged.
    /// </summary>
    public async Task<byte[]> ReadConfigFileAsync(LocalInstance instance, string relativePath, CancellationToken cancellationToken)
    {
        var path = $"{ConfigPaths.Directory}/{relativePath}";
        await using var tar = await archives.GetAsync(instance.ContainerId, path, cancellationToken) ?? throw new FileNotFoundException($"{path} is not there.");
        return await ConfigFileReader.ReadAsync(tar, path, cancellationToken);
    }

    private static Dictionary<string, int> PortsOf(ContainerInspection container) => container.Labels
        .Where(label => label.Key.StartsWith(ObjectLabels.PortPrefix, StringComparison.Ordinal))
        .ToDictionary(label => label.Key[ObjectLabels.PortPrefix.Length..], label => int.Parse(label.Value, CultureInfo.InvariantCulture));
}
