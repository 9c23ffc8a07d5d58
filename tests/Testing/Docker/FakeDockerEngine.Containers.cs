using System.Runtime.CompilerServices;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;

namespace Agents.Testing.Docker;

/// <content>Containers.</content>
internal sealed partial class FakeDockerEngine : IDockerContainers
{
    Task<IReadOnlyList<ContainerSummary>> IDockerContainers.ListAsync(string label, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<ContainerSummary>>(() =>
        [
            .. _containers.Values.Where(container => container.Has(label))
                .Select(container => new ContainerSummary(container.Id, ["/" + container.Name], container.State.Status, container.Body.Labels)),
        ]);

    Task<IReadOnlyList<ContainerSummary>> IDockerContainers.ListWritersAsync(string volume, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<ContainerSummary>>(() =>
        [
            .. _containers.Values.Where(container => container.State.Running && container.Body.HostConfig.Mounts?.Any(mount => mount.Source == volume && !mount.ReadOnly) == true)
                .Select(container => new ContainerSummary(container.Id, ["/" + container.Name], container.State.Status, container.Body.Labels)),
        ]);

    Task<IReadOnlyList<ContainerSummary>> IDockerContainers.ListPublishersAsync(string port, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<ContainerSummary>>(() =>
        [
            .. _containers.Values.Where(container => container.State.Running && Bindings(container).Any(binding => binding.HostPort == port))
                .Select(container => new ContainerSummary(container.Id, ["/" + container.Name], container.State.Status, container.Body.Labels)),
        ]);

    Task<ContainerInspection?> IDockerContainers.FindAsync(string name, CancellationToken cancellationToken) => RunAsync(() => Find(name)?.Inspect());

    /// <inheritdoc/>
    public Task<string> CreateAsync(string name, ContainerBody body, CancellationToken cancellationToken) => ChangeAsync($"create {name}", () =>
    {
        if (Find(name) is not null)
            throw new DockerException(DockerFailure.Conflict, $"Conflict. The container name \"/{name}\" is already in use");
        if (!_images.ContainsKey(body.Image))
            throw new DockerException(DockerFailure.NotFound, $"No such image: {body.Image}");
        foreach (var mount in body.HostConfig.Mounts ?? [])
            _volumes.TryAdd(mount.Source, new VolumeInspection(mount.Source, CreatedAt: _timeProvider.GetUtcNow()));
        var id = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        var container = new FakeContainer(id, name, body, _timeProvider.GetUtcNow());
        _containers.Add(id, container);
        Tell("create", container);
        return id;
    });

    /// <inheritdoc/>
    public Task<bool> StartAsync(string name, CancellationToken cancellationToken) => ChangeAsync($"start {name}", () =>
    {
        var container = Require(name);
        if (container.State.Running)
            return false;
        if (StartFailures.TryDequeue(out var failure))
            throw failure;
        if (container.NetworkId is not null && (!_networks.TryGetValue(container.Body.HostConfig.NetworkMode, out var network) || container.NetworkId is not "" && container.NetworkId != network.Id))
            throw new DockerException(DockerFailure.NotFound, $"network {container.Body.HostConfig.NetworkMode} not found");
        foreach (var binding in Bindings(container))
            if (_containers.Values.Any(other => other.State.Running && Bindings(other).Contains(binding)))
                throw new DockerException(
                    DockerFailure.Refused,
                    $"driver failed programming external connectivity on endpoint {name}: Bind for {binding.HostIp}:{binding.HostPort} failed: port is already allocated");
        container.NetworkId = container.NetworkId is null ? null : _networks[container.Body.HostConfig.NetworkMode].Id;
        container.State = new ContainerStatus(ContainerStatus.IsRunning, true, ++_lastPid, StartedAt: _timeProvider.GetUtcNow());
        container.Ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell("start", container);
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> StopAsync(string name, TimeSpan? timeout, CancellationToken cancellationToken) => ChangeAsync($"stop {name}", () =>
    {
        var container = Require(name);
        if (!container.State.Running)
            return false;
        End(container, 143);
        Tell("stop", container);
        return true;
    });

    /// <inheritdoc/>
    public async Task RestartAsync(string name, CancellationToken cancellationToken)
    {
        await StopAsync(name, null, cancellationToken);
        await StartAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SignalAsync(string name, string signal, CancellationToken cancellationToken) => ChangeAsync($"signal {name} {signal}", () =>
    {
        var container = Require(name);
        if (!container.State.Running)
            throw new DockerException(DockerFailure.Conflict, $"Container {name} is not running");
        if (signal is "SIGTERM" or "SIGINT" or "SIGQUIT" or "SIGKILL")
            End(container, 137);
        return true;
    });

    Task<bool> IDockerContainers.RemoveAsync(string name, bool force, CancellationToken cancellationToken) => ChangeAsync($"remove {name}", () =>
    {
        if (Find(name) is not { } container)
            return false;
        if (container.State.Running && !force)
            throw new DockerException(DockerFailure.Conflict, $"You cannot remove a running container {container.Id}");
        if (container.State.Running)
            End(container, 137);
        _containers.Remove(container.Id);
        Tell("destroy", container);
        return true;
    });

    /// <inheritdoc/>
    public async Task<int> WaitAsync(string name, CancellationToken cancellationToken)
    {
        var container = await RunAsync(() => Require(name));
        return container.State.Running ? await container.Ended.Task.WaitAsync(cancellationToken) : container.State.ExitCode;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogChunk> ReadLogsAsync(string name, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RunAsync(() => Require(name));
        yield return new LogChunk(false, "out\n"u8.ToArray());
        yield return new LogChunk(true, "err\n"u8.ToArray());
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerStats> ReadStatsAsync(string name, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RunAsync(() => Require(name));
        yield return new ContainerStats { Read = _timeProvider.GetUtcNow(), Memory = new MemoryStats(1 << 20, 1 << 30), Pids = new PidsStats(2) };
    }

    private static IEnumerable<PortBindingBody> Bindings(FakeContainer container) => container.Body.HostConfig.PortBindings?.Values.SelectMany(bindings => bindings) ?? [];
}
