using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine's containers. Names and ids are both taken. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerContainers
{
    /// <summary>All containers that carry a label, running or not.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListAsync(string label, CancellationToken cancellationToken);

    /// <summary>The containers, whosever they are, that run and can write to a volume.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListWritersAsync(string volume, CancellationToken cancellationToken);

    /// <summary>The containers, whosever they are, that run and publish a TCP port of the host.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListPublishersAsync(string port, CancellationToken cancellationToken);

    /// <summary>One container, or null.</summary>
    Task<ContainerInspection?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates a container and answers its id. A name that is taken is a conflict.</summary>
    Task<string> CreateAsync(string name, ContainerBody body, CancellationToken cancellationToken);

    /// <summary>Starts a container; false when it ran already.</summary>
    Task<bool> StartAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stops a container, by force after the timeout (its own when null); false when it did not run.</summary>
    Task<bool> StopAsync(string name, TimeSpan? timeout, CancellationToken cancellationToken);

    /// <summary>Restarts a container.</summary>
    Task RestartAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sends a signal to the first process. A container that does not run is a conflict.</summary>
    Task SignalAsync(string name, string signal, CancellationToken cancellationToken);

    /// <summary>Removes a container with its anonymous volumes; false when it was not there. One that runs is a conflict unless forced.</summary>
    Task<bool> RemoveAsync(string name, bool force, CancellationToken cancellationToken);

    /// <summary>Waits until a container does not run and answers its exit code.</summary>
    Task<int> WaitAsync(string name, CancellationToken cancellationToken);

    /// <summary>Reads a container's output.</summary>
    IAsyncEnumerable<LogChunk> ReadLogsAsync(string name, LogQuery query, CancellationToken cancellationToken);

    /// <summary>Reads a container's resource use, once or about every second.</summary>
    IAsyncEnumerable<ContainerStats> ReadStatsAsync(string name, bool follow, CancellationToken cancellationToken);
}
