using Agents.Agent.Docker;
using Agents.Agent.Instances;
using Agents.Agent.Observation;
using Agents.Words;

namespace Agents.Agent.Hosts;

/// <summary>Shows everything that there is on the host at one moment.</summary>
internal sealed class HostSnapshotReader(ContainerView view, InstanceReader instances, IDockerVolumes volumes, IDockerNetworks networks)
{
    /// <summary>The snapshot. Without the engine it holds the records alone and says so.</summary>
    public async Task<HostContents> ReadAsync(CancellationToken cancellationToken)
    {
        if (!view.IsReachable)
            return WithoutEngine();
        try
        {
            var reading = ReadEngineAsync(cancellationToken);
            return await Task.WhenAny(reading, view.Lost) == reading ? await reading : WithoutEngine(); // A call to an engine that hangs ends by its own limit.
        }
        catch (DockerException)
        {
            return WithoutEngine(); // The watcher finds it out too, and another snapshot follows when the engine is back.
        }
    }

    private async Task<HostContents> ReadEngineAsync(CancellationToken cancellationToken)
    {
        var (foundVolumes, foundNetworks) = (
            await volumes.ListAsync(ObjectLabels.Controller, cancellationToken), await networks.ListAsync(ObjectLabels.Controller, cancellationToken));
        return new HostContents(true, view.Containers, instances.List(), foundVolumes, foundNetworks);
    }

    private HostContents WithoutEngine() => new(false, [], instances.List(), [], []);
}
