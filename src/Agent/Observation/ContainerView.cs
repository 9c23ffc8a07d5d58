using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Observation;

/// <summary>
/// What the agent last saw of this system's containers. <see cref="ContainerWatcher"/> writes it, and whoever has just looked at one. Whoever starts, stops or removes
/// something asks the engine itself first. What was asked for earlier never undoes what was asked for later (<see cref="Ask"/>): every change of a container is followed by a
/// look that is asked for after it. Safe for concurrent use; the events are raised by the writer, and their handlers must be quick.
/// </summary>
internal sealed class ContainerView
{
    private readonly Lock _lock = new();
    private Dictionary<string, (ContainerInspection Container, long Asked)> _containers = [];
    private long _asks;
    private long _lastRemoval;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EngineReach _reach = new(IsReachable: false, "not asked yet", default);

    /// <summary>One container changed.</summary>
    public event Action<ContainerChange>? Changed;

    /// <summary>Everything was read anew, or volumes or networks have come or gone.</summary>
    public event Action? Replaced;

    /// <summary>The engine answers again, or does not any more.</summary>
    public event Action<EngineReach>? ReachChanged;

    /// <summary>Whether the engine answers, and why not.</summary>
    public EngineReach Reach
    {
        get
        {
            lock (_lock)
                return _reach;
        }
    }

    /// <summary>Whether the engine answers; when it does not, the containers are those of the last answer.</summary>
    public bool IsReachable => Reach.IsReachable;

    /// <summary>Ends as soon as the engine does not answer any more: who waits for an answer then waits in vain.</summary>
    public Task Lost
    {
        get
        {
            lock (_lock)
                return _lost.Task;
        }
    }

    /// <summary>All containers.</summary>
    public IReadOnlyList<ContainerInspection> Containers
    {
        get
        {
            lock (_lock)
                return [.. _containers.Values.Select(seen => seen.Container)];
        }
    }

    /// <summary>The container of an instance, or null.</summary>
    public ContainerInspection? FindInstance(string instanceId)
    {
        lock (_lock)
            return _containers.Values.FirstOrDefault(seen => seen.Container.Label(ObjectLabels.Instance) == instanceId).Container;
    }

    /// <summary>Called right before the engine is asked; what it says is taken with the number that is given here.</summary>
    public long Ask() => Interlocked.Increment(ref _asks);

    /// <summary>Takes a complete list, after which nothing is as it was known: the engine has just been reached.</summary>
    public void Replace(IEnumerable<ContainerInspection> containers, DateTimeOffset time, long asked)
    {
        EngineReach? changed = null;
        lock (_lock)
        {
            _containers = containers.ToDictionary(container => container.Id, container => (container, asked));
            _lastRemoval = asked;
            if (!_reach.IsReachable)
                changed = _reach = new EngineReach(IsReachable: true, "", time);
            if (_lost.Task.IsCompleted)
                _lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (changed is not null)
            ReachChanged?.Invoke(changed);
        Replaced?.Invoke();
    }

    /// <summary>Takes a complete list that differs from what is known only where an event was missed.</summary>
    public void Compare(IReadOnlyList<ContainerInspection> containers, DateTimeOffset time, long asked)
    {
        const string action = "listed";
        var known = Containers.ToDictionary(container => container.Id);
        // First what is gone: another may have its name, and whoever goes by names would take that for gone.
        foreach (var id in known.Keys.Except(containers.Select(container => container.Id)))
            Remove(action, id, time, asked);
        foreach (var container in containers)
            if (!known.TryGetValue(container.Id, out var before) || before.State != container.State || before.Name != container.Name || before.IsDetached != container.IsDetached)
                Apply(action, container, time, asked);
    }

    /// <summary>Takes note that volumes or networks have come or gone.</summary>
    public void Renew() => Replaced?.Invoke();

    /// <summary>
    /// Takes one container as it is now, unless more is known by now. That its network is gone, which only a list finds out, is kept of what was known.
    /// </summary>
    public void Apply(string action, ContainerInspection container, DateTimeOffset time, long asked)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue(container.Id, out var known) ? asked < known.Asked : asked < _lastRemoval)
                return;
            if (known.Container is { IsNetworkGone: true } before && before.NetworkId == container.NetworkId)
                container = container with { IsNetworkGone = true };
            _containers[container.Id] = (container, asked);
        }

        Changed?.Invoke(new ContainerChange(action, container, time, Removed: false));
    }

    /// <summary>Takes note that a container is gone.</summary>
    public void Remove(string action, string id, DateTimeOffset time, long asked)
    {
        ContainerInspection container;
        lock (_lock)
        {
            if (!_containers.TryGetValue(id, out var known) || asked < known.Asked)
                return;
            (container, _lastRemoval) = (known.Container, asked);
            _containers.Remove(id);
        }

        Changed?.Invoke(new ContainerChange(action, container, time, Removed: true));
    }

    /// <summary>Takes note that the engine does not answer.</summary>
    public void Lose(string error, DateTimeOffset time)
    {
        EngineReach lost;
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (!_reach.IsReachable && _reach.Error == error)
                return;
            lost = _reach = new EngineReach(IsReachable: false, error, _reach.IsReachable || _reach.Since == default ? time : _reach.Since);
            waiting = _lost;
        }

        waiting.TrySetResult();
        ReachChanged?.Invoke(lost);
    }
}
