using System.Collections.Concurrent;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Agents.Protocol.Health;

/// <summary>Which services are served now. The empty name is the whole process. Safe for concurrent use.</summary>
public sealed class ServingStatusTable
{
    private readonly ConcurrentDictionary<string, ServingStatus> _statuses = new();
    private volatile TaskCompletionSource _changed = NewSource();

    /// <summary>Begins with all of them served.</summary>
    public ServingStatusTable(IEnumerable<string> services)
    {
        _statuses[""] = ServingStatus.Serving;
        foreach (var service in services)
            _statuses[service] = ServingStatus.Serving;
    }

    /// <summary>Ends with the next change; take it before reading.</summary>
    public Task Changed => _changed.Task;

    /// <summary>The status of a service; null for one that is not known.</summary>
    public ServingStatus? Find(string service) => _statuses.TryGetValue(service, out var status) ? status : null;

    /// <summary>Changes the status of one service.</summary>
    public void Set(string service, ServingStatus status)
    {
        _statuses[service] = status;
        Interlocked.Exchange(ref _changed, NewSource()).SetResult();
    }

    /// <summary>Says of all that they are not served any more; the first step of an end.</summary>
    public void StopServing()
    {
        foreach (var service in _statuses.Keys)
            _statuses[service] = ServingStatus.NotServing;
        Interlocked.Exchange(ref _changed, NewSource()).SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
