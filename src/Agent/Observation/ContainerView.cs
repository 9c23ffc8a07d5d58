using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Observation;

/// <summary>
/// What the agent last saw of this system's containers. Only <see cref="ContainerWatcher"/> writes it. Whoever starts, stops or removes something asks the engine
/// itself first. Safe for concurrent use; the events are raised by the writer, and their handlers must be quick.
/// </summary>
internal sealed class ContainerView
{
    private readonly Lock _lock = new();
    private Dictionary<string, ContainerInspection> _containers = [];
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
                return [.. _containers.Values];
        }
    }

    /// <summary>The container of an instance, or null.</summary>
    public ContainerInspection? FindInstance(string instanceId)
    {
        lock (_lock)
            return _containers.Values.FirstOrDefault(container => container.Label(ObjectLabels.Instance) == instanceId);
    }

    /// <summary>Takes a complete list, after which nothing is as it was known: the engine has just been reached.</summary>
    public void Replace(IEnumerable<ContainerInspection> containers, DateTimeOffset time)
    {
        EngineReach? changed = null;
        lock (_lock)
        {
            _containers = containers.ToDictionary(container => container.Id);
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
    public void Compare(IReadOnlyList<ContainerInspection> containers, DateTimeOffset time)
    {
        const string action = "listed";
        var known = Containers.ToDictionary(container => container.Id);
        // First what is gone: another may have its name, and whoever goes by names would take that for gone.
        foreach (var id in known.Keys.Except(containers.Select(container => container.Id)))
            Remove(action, id, time);
        foreach (var container in containers)
            if (!known.TryGetValue(container.Id, out var before) || before.State != container.State || before.Name != container.Name || before.IsDetached != container.IsDetached)
                Apply(action, container, time);
    }

    /// <summary>Takes note that volumes or networks have come or gone.</summary>
    public void Renew() => Replaced?.Invoke();

    /// <summary>Takes one container as it is now. That its network is gone, which only a list finds out, is kept of what was known.</summary>
    public void Apply(string action, ContainerInspection container, DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue(container.Id, out var known) && known.IsNetworkGone && known.NetworkId == container.NetworkId)
                container = container with { IsNetworkGone = true };
            _containers[container.Id] = container;
        }

        Changed?.Invoke(new ContainerChange(action, container, time, Removed: false));
    }

    /// <summary>Takes note that a container is gone.</summary>
    public void Remove(string action, string id, DateTimeOffset time)
    {
        ContainerInspection? container;
        lock (_lock)
            _containers.Remove(id, out container);
        if (container is not null)
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
