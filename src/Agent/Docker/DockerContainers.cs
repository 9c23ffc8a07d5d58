using System.Globalization;
using System.Runtime.CompilerServices;
using Agents.Agent.Docker.Objects;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerContainers(DockerConnection connection) : IDockerContainers
{
    private const int ChunkBytesMax = 32 * 1024;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(string label, CancellationToken cancellationToken)
    {
        var parameters = new ContainersListParameters { All = true, Filters = DockerFilters.Label(label) };
        return [.. (await connection.CallAsync((client, token) => client.Containers.ListContainersAsync(parameters, token), cancellationToken)).Select(DockerAnswers.Summary)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListWritersAsync(string volume, CancellationToken cancellationToken)
    {
        // The engine takes a path of a mount for a volume's name, too, and says nothing of writing.
        var parameters = new ContainersListParameters { Filters = DockerFilters.Of(("volume", volume)) };
        var users = await connection.CallAsync((client, token) => client.Containers.ListContainersAsync(parameters, token), cancellationToken);
        return [.. users.Where(user => user.Mounts?.Any(mount => mount.Name == volume && mount.RW) == true).Select(DockerAnswers.Summary)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListPublishersAsync(string port, CancellationToken cancellationToken)
    {
        var parameters = new ContainersListParameters { Filters = DockerFilters.Of(("publish", $"{port}/tcp")) };
        return [.. (await connection.CallAsync((client, token) => client.Containers.ListContainersAsync(parameters, token), cancellationToken)).Select(DockerAnswers.Summary)];
    }

    /// <inheritdoc/>
    public async Task<ContainerInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        await connection.FindAsync((client, token) => client.Containers.InspectContainerAsync(Id(name), token), cancellationToken) is { } container
            ? DockerAnswers.Container(container)
            : null;

    /// <inheritdoc/>
    public async Task<string> CreateAsync(string name, ContainerBody body, CancellationToken cancellationToken)
    {
        var parameters = ContainerParameters.Of(name, body);
        return (await connection.CallAsync((client, token) => client.Containers.CreateContainerAsync(parameters, token), cancellationToken)).ID;
    }

    /// <inheritdoc/>
    public Task<bool> StartAsync(string name, CancellationToken cancellationToken) =>
        connection.CallAsync((client, token) => client.Containers.StartContainerAsync(Id(name), cancellationToken: token), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> StopAsync(string name, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        // The library leaves a zero out, and without a number the container's own timeout would hold: so one second is the least.
        var parameters = new ContainerStopParameters { WaitBeforeKillSeconds = timeout is { } given ? (uint)Math.Max(1, Math.Ceiling(given.TotalSeconds)) : null };
        return connection.CallAsync(CallLimits.Stop, (client, token) => client.Containers.StopContainerAsync(Id(name), parameters, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RestartAsync(string name, CancellationToken cancellationToken) => connection.CallAsync(
        CallLimits.Stop, (client, token) => client.Containers.RestartContainerAsync(Id(name), new ContainerRestartParameters(), token), cancellationToken);

    /// <inheritdoc/>
    public Task SignalAsync(string name, string signal, CancellationToken cancellationToken) => connection.CallAsync(
        (client, token) => client.Containers.KillContainerAsync(Id(name), new ContainerKillParameters { Signal = signal }, token), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string name, bool force, CancellationToken cancellationToken)
    {
        var parameters = new ContainerRemoveParameters { RemoveVolumes = true, Force = force };
        return connection.RemoveAsync((client, token) => client.Containers.RemoveContainerAsync(Id(name), parameters, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> WaitAsync(string name, CancellationToken cancellationToken) =>
        (int)(await connection.CallAsync(CallLimits.Stream, (client, token) => client.Containers.WaitContainerAsync(Id(name), token), cancellationToken)).StatusCode;

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogChunk> ReadLogsAsync(string name, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Follow = query.Follow,
            Tail = query.TailLines > 0 ? query.TailLines.ToString(CultureInfo.InvariantCulture) : "all",
            Since = query.Since is { } time ? DockerTime.Format(time) : null,
        };
        using var stream = await connection.CallAsync(
            CallLimits.Open, (client, token) => client.Containers.GetContainerLogsAsync(Id(name), parameters, token), cancellationToken);
        while (await ReadChunkAsync(stream, cancellationToken) is { } chunk)
            yield return chunk;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerStats> ReadStatsAsync(string name, bool follow, CancellationToken cancellationToken)
    {
        var parameters = new ContainerStatsParameters { Stream = follow, OneShot = !follow };
        return connection.FollowAsync<ContainerStatsResponse>(
            follow ? CallLimits.Stream : CallLimits.Ordinary,
            (client, progress, token) => client.Containers.GetContainerStatsAsync(Id(name), parameters, progress, token),
            cancellationToken).Select(DockerAnswers.Stats);
    }

    /// <summary>The next piece, or null at the end. A frame that ends early is given as far as it came: the log was cut there.</summary>
    private async Task<LogChunk?> ReadChunkAsync(MultiplexedStream stream, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[ChunkBytesMax];
            var read = await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken);
            return read.EOF ? null : new LogChunk(read.Target == MultiplexedStream.TargetStream.StandardError, buffer.AsMemory(0, read.Count));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
        catch (Exception exception) when (DockerConnection.IsOfEngine(exception))
        {
            throw connection.Translate(exception);
        }
    }

    private static string Id(string name) => Uri.EscapeDataString(name);
}
