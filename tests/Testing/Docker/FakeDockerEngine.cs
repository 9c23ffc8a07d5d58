using System.Collections.Concurrent;
using System.Threading.Channels;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;

namespace Agents.Testing.Docker;

/// <summary>
/// A Docker Engine in memory that keeps the real one's rules, as the shared contract suite holds: names are unique, a start without its network fails, missing
/// volumes are made silently, a port is taken once, one that runs is not removed. It counts every change, and can be away.
/// </summary>
internal sealed partial class FakeDockerEngine : IDockerSystem
{
    private const int PidFirst = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeContainer> _containers = [];
    private readonly Dictionary<string, NetworkInspection> _networks = [];
    private readonly Dictionary<string, VolumeInspection> _volumes = [];
    private readonly Dictionary<string, ImageInspection> _images = [];
    private readonly ConcurrentDictionary<(string Volume, string Path), byte[]> _files = new();
    private readonly List<Channel<DockerEvent>> _subscribers = [];
    private readonly List<string> _mutations = [];
    private readonly TimeProvider _timeProvider;
    private int _lastPid = PidFirst;
    private bool _isAway;
    private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _hang;

    private int _looks;

    /// <summary>An engine with no objects.</summary>
    public FakeDockerEngine(TimeProvider? timeProvider = null) => _timeProvider = timeProvider ?? TimeProvider.System;

    /// <summary>What was changed through the client's interfaces, in order, as "start name".</summary>
    public IReadOnlyList<string> Mutations
    {
        get
        {
            lock (_lock)
                return [.. _mutations];
        }
    }

    /// <summary>What a start answers instead of starting, once for each entry.</summary>
    public ConcurrentQueue<Exception> StartFailures { get; } = new();

    /// <summary>What the writing of files answers instead of writing, once for each entry.</summary>
    public ConcurrentQueue<Exception> ArchiveFailures { get; } = new();

    /// <summary>How often it was looked into a container.</summary>
    public int Looks => _looks;

    /// <summary>What the next reads of files fail with.</summary>
    public ConcurrentQueue<Exception> LookFailures { get; } = new();

    /// <inheritdoc/>
    public string SettledVersion => "1.41";

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => RunAsync(() => true);

    /// <inheritdoc/>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        RunAsync(() => new EngineInfo("20.10.24", "overlay2", "1", true, "/"));

    /// <summary>Puts an image on the host.</summary>
    public void AddImage(string reference, string label, string? id = null)
    {
        lock (_lock)
            _images[reference] = new ImageInspection(
                id ?? $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(label)))}", [reference],
                new ImageConfiguration(new Dictionary<string, string> { ["agents.image"] = label }));
    }

    /// <summary>Takes a volume away behind the engine's back, as a lost disk does.</summary>
    public void LoseVolume(string name)
    {
        lock (_lock)
            _volumes.Remove(name);
    }

    /// <summary>Ends a container as a crash of its first process does.</summary>
    public void Crash(string name, int exitCode = 137)
    {
        lock (_lock)
            End(Find(name)!, exitCode);
    }

    /// <summary>Goes away: no call is answered and the event streams break. Containers run on.</summary>
    public void GoAway()
    {
        lock (_lock)
        {
            _isAway = true;
            foreach (var subscriber in _subscribers)
                subscriber.Writer.TryComplete(Unreachable());
            _subscribers.Clear();
        }
    }

    /// <summary>Hangs, as a stopped process does: every call waits, and the event streams say nothing, until it goes on.</summary>
    public void Hang()
    {
        lock (_lock)
            _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends when a call waits for the hanging engine.</summary>
    public Task CallWaits => _waits.Task;

    /// <summary>Goes on after having hung.</summary>
    public void GoOn() => _hang?.TrySetResult();

    /// <summary>Ends a container as a crash does, and loses the event that would tell of it.</summary>
    public void CrashUnheard(string name)
    {
        lock (_lock)
        {
            var subscribers = _subscribers.ToList();
            _subscribers.Clear();
            End(Find(name)!, 137);
            _subscribers.AddRange(subscribers);
        }
    }

    /// <summary>A container comes and goes before anybody can look at it.</summary>
    public void ComeAndGo(string name, ContainerBody body)
    {
        lock (_lock)
        {
            var container = new FakeContainer(Guid.NewGuid().ToString("N"), name, body, _timeProvider.GetUtcNow());
            Tell("create", container);
            Tell("destroy", container);
        }
    }

    /// <summary>Takes a container out of its network, as a person does: no event of the container tells of it.</summary>
    public void Detach(string name)
    {
        lock (_lock)
            Find(name)!.NetworkId = null;
    }

    /// <summary>Comes back; with <paramref name="containersEnded"/> as after a boot.</summary>
    public void ComeBack(bool containersEnded = false)
    {
        lock (_lock)
        {
            if (containersEnded)
                foreach (var container in _containers.Values.Where(container => container.State.Running))
                    End(container, 137);
            _isAway = false;
        }
    }

    /// <summary>Whether labels hold "key" or "key=value".</summary>
    public static bool HasLabel(IReadOnlyDictionary<string, string>? labels, string label) => label.Split('=', 2) is [var key, var value]
        ? labels?.GetValueOrDefault(key) == value
        : labels?.ContainsKey(label) == true;

    private FakeContainer? Find(string name) =>
        _containers.Values.FirstOrDefault(container => container.Name == name || container.Id == name);

    private FakeContainer Require(string name) => Find(name) ?? throw new DockerException(DockerFailure.NotFound, $"No such container: {name}");

    private void End(FakeContainer container, int exitCode)
    {
        container.State = container.State with
        {
            Status = ContainerStatus.Exited,
            Running = false,
            Pid = 0,
            ExitCode = exitCode,
            FinishedAt = _timeProvider.GetUtcNow(),
        };
        container.Ended.TrySetResult(exitCode);
        Tell("die", container);
    }

    private void Tell(string action, FakeContainer container)
    {
        var occurred = new DockerEvent(
            action, new DockerActor(container.Id, container.Body.Labels), (_timeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        foreach (var subscriber in _subscribers)
            subscriber.Writer.TryWrite(occurred);
    }

    private Task<T> RunAsync<T>(Func<T> action) => _hang is { Task.IsCompleted: false } hang ? RunLaterAsync(hang.Task, action) : RunNowAsync(action);

    private async Task<T> RunLaterAsync<T>(Task goesOn, Func<T> action)
    {
        _waits.TrySetResult();
        await goesOn;
        return await RunNowAsync(action);
    }

    private Task<T> RunNowAsync<T>(Func<T> action)
    {
        lock (_lock)
        {
            try
            {
                return _isAway ? Task.FromException<T>(Unreachable()) : Task.FromResult(action());
            }
            catch (DockerException exception)
            {
                return Task.FromException<T>(exception);
            }
        }
    }

    private Task<T> ChangeAsync<T>(string mutation, Func<T> action) => RunAsync(() =>
    {
        var result = action();
        _mutations.Add(mutation);
        return result;
    });

    private static DockerException Unreachable() => DockerException.Unreachable("/fake.sock", new IOException("connection refused"));
}
