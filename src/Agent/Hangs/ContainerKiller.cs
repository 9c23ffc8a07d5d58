using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;

namespace Agents.Agent.Hangs;

/// <summary>Ends a container at once, with all its processes: by the Docker Engine, or by its cgroup where that does not answer. Whether none is left, the proof of its end tells.</summary>
internal sealed class ContainerKiller(IDockerContainers containers, IProcessTable processes, IBootClock clock, TimeProvider timeProvider, ILogger<ContainerKiller> logger)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(3);

    /// <summary>Kills it. Returns why that was not possible; empty when it was, or it had ended already.</summary>
    /// <param name="container">The container.</param>
    /// <param name="recorded">Its first process as it was last seen running; that of another life of it tells nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<string> KillAsync(ContainerInspection container, ProcessRecord? recorded, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await containers.SignalAsync(container.Id, "SIGKILL", either.Token).WaitAsync(either.Token);
            return "";
        }
        catch (DockerException exception) when (exception.Failure is DockerFailure.NotFound or DockerFailure.Conflict)
        {
            return ""; // It has ended meanwhile.
        }
        catch (Exception exception) when (exception is DockerException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return KillCgroup(container, recorded, exception is DockerException ? exception.Message : "The Docker Engine does not answer.");
        }
    }

    private string KillCgroup(ContainerInspection container, ProcessRecord? recorded, string error)
    {
        if (recorded is not { Cgroups.Count: > 0 } || recorded.ContainerId != container.Id || recorded.StartedAt != container.State.StartedAt || recorded.BootId != clock.BootId)
            return $"{error} Its cgroup is not known.";
        try
        {
            foreach (var cgroup in recorded.Cgroups)
                processes.KillCgroup(cgroup);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{error} {exception.Message}";
        }

        logger.EndedByCgroup(container.PlainName, error);
        return "";
    }
}
