using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Agents.Agent.Docker.Wire;
using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerContainers(DockerConnection connection) : IDockerContainers
{
    /// <summary>How much longer than the container's own stop timeout a stop may take.</summary>
    private static readonly TimeSpan s_stopTimeoutMax = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerSummary>> ListAsync(string label, CancellationToken cancellationToken) => connection.CallAsync(
        Get(Escape($"/containers/json?all=1&filters={DockerFilters.Label(label)}")), DockerJson.Default.IReadOnlyListContainerSummary, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        connection.FindAsync(Get(Escape($"/containers/{name}/json")), DockerJson.Default.ContainerInspection, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> CreateAsync(string name, ContainerBody body, CancellationToken cancellationToken)
    {
        var request = Post(Escape($"/containers/create?name={name}")).WithJson(body, DockerJson.Default.ContainerBody);
        return (await connection.CallAsync(request, DockerJson.Default.CreatedContainer, cancellationToken)).Id;
    }

    /// <inheritdoc/>
    public async Task<bool> StartAsync(string name, CancellationToken cancellationToken) =>
        await connection.CallAsync(Post(Escape($"/containers/{name}/start")), cancellationToken) != HttpStatusCode.NotModified;

    /// <inheritdoc/>
    public async Task<bool> StopAsync(string name, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var path = timeout is { } seconds
            ? Escape($"/containers/{name}/stop?t={(long)Math.Ceiling(seconds.TotalSeconds)}")
            : Escape($"/containers/{name}/stop");
        return await connection.CallAsync(Post(path) with { Timeout = s_stopTimeoutMax }, cancellationToken) != HttpStatusCode.NotModified;
    }

    /// <inheritdoc/>
    public Task RestartAsync(string name, CancellationToken cancellationToken) =>
        connection.CallAsync(Post(Escape($"/containers/{name}/restart")) with { Timeout = s_stopTimeoutMax }, cancellationToken);

    /// <inheritdoc/>
    public Task SignalAsync(string name, string signal, CancellationToken cancellationToken) =>
        connection.CallAsync(Post(Escape($"/containers/{name}/kill?signal={signal}")), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, bool force, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CallAsync(DockerRequest.Delete(Escape($"/containers/{name}?v=1&force={(force ? 1 : 0)}")), cancellationToken);
            return true;
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<int> WaitAsync(string name, CancellationToken cancellationToken)
    {
        var request = Post(Escape($"/containers/{name}/wait")) with { Timeout = Timeout.InfiniteTimeSpan };
        return (await connection.CallAsync(request, DockerJson.Default.WaitResult, cancellationToken)).StatusCode;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogChunk> ReadLogsAsync(string name, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var container = await FindAsync(name, cancellationToken) ?? throw new DockerException(DockerFailure.NotFound, $"No such container: {name}");
        var tail = query.TailLines > 0 ? query.TailLines.ToString(CultureInfo.InvariantCulture) : "all";
        var since = query.Since is { } time ? DockerTime.Format(time) : "0";
        var path = Escape($"/containers/{name}/logs?stdout=1&stderr=1&follow={(query.Follow ? 1 : 0)}&tail={tail}&since={since}");
        using var stream = await connection.OpenAsync(Get(path), cancellationToken);
        await foreach (var chunk in LogFrameReader.ReadAsync(stream, framed: !container.Config.Tty, cancellationToken))
            yield return chunk;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerStats> ReadStatsAsync(string name, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = follow ? Escape($"/containers/{name}/stats?stream=1") : Escape($"/containers/{name}/stats?stream=0&one-shot=1");
        using var stream = await connection.OpenAsync(Get(path), cancellationToken);
        await foreach (var line in stream.ReadLinesAsync(cancellationToken))
            if (JsonSerializer.Deserialize(line, DockerJson.Default.ContainerStats) is { } stats)
                yield return stats;
    }
}
