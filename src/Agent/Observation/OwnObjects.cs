using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Observation;

/// <summary>
/// This system's volumes and networks, whose coming and going the engine's events do not tell: names are compared with those of the last look. For <see cref="ContainerWatcher"/>
/// alone, which looks at one thing after the other.
/// </summary>
internal sealed class OwnObjects(IDockerNetworks networks, IDockerVolumes volumes)
{
    private HashSet<string> _known = [];

    /// <summary>Whether any has come or gone since the last look.</summary>
    public async Task<bool> HaveChangedAsync(CancellationToken cancellationToken)
    {
        HashSet<string> found =
        [
            .. (await volumes.ListAsync(ObjectLabels.Controller, cancellationToken)).Select(volume => $"volume {volume.Name}"),
            .. (await networks.ListAsync(ObjectLabels.Controller, cancellationToken)).Select(network => $"network {network.Id}"),
        ];
        var isSame = found.SetEquals(_known);
        _known = found;
        return !isSame;
    }

    /// <summary>
    /// Notes which containers hang on a network that is no more. The engine removes the network of a container that does not run, and then starts it never again: another network of
    /// the same name is another one. The networks are listed after the containers, and their ids are never used twice: what is missing is gone.
    /// </summary>
    public async Task<IReadOnlyList<ContainerInspection>> JudgeNetworksAsync(IReadOnlyList<ContainerInspection> containers, CancellationToken cancellationToken)
    {
        if (containers.Count == 0)
            return containers;
        var ids = (await networks.ListAllAsync(cancellationToken)).Select(network => network.Id).ToHashSet();
        return [.. containers.Select(container => container with { IsNetworkGone = container.NetworkId is { Length: > 0 } id && !ids.Contains(id) })];
    }
}
