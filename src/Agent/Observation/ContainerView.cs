using Agents.Agent.Docker.Wire;
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
    private bool _isReachable;
    private string _error = "not asked yet";

    /// <summary>One container changed.</summary>
    public event Action<ContainerChange>? Changed;

    /// <summary>Everything was read anew, or the engine was lost.</summary>
    public event Action? Replaced;

    /// <summary>Whether the engine answers; when it does not, the containers are those of the last answer.</summary>
    public bool IsReachable
    {
        get
        {
            lock (_lock)
                return _isReachable;
        }
    }

    /// <summary>Why the engine does not answer; empty when it does.</summary>
    public string Error
    {
        get
        {
            lock (_lock)
                return _error;
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

    /// <summary>Takes a complete list.</summary>
    public void Replace(IEnumerable<ContainerInspection> containers)
    {
        lock (_lock)
        {
            _containers = containers.ToDictionary(container => container.Id);
            _isReachable = true;
            _error = "";
        }

        Replaced?.Invoke();
    }

    /// <summary>Takes one container as it is now.</summary>
    public void Apply(string action, ContainerInspection container, DateTimeOffset time)
    {
        lock (_lock)
            _containers[container.Id] = container;
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
    public void Lose(string error)
    {
        bool wasReachable;
        lock (_lock)
        {
            wasReachable = _isReachable;
            _isReachable = false;
            _error = error;
        }

        if (wasReachable)
            Replaced?.Invoke();
    }
}
