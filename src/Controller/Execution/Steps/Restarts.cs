using System.Collections.Concurrent;
using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Which servers an operation has restarted, by their own word: what is begun twice restarts none twice. All steps of a restart ask the same one.</summary>
internal sealed class Restarts(InstanceBuilder builder, TimeProvider timeProvider)
{
    private const int CountMax = 1000;

    private readonly ConcurrentDictionary<OperationId, (TimeSpan Before, long At)> _begun = [];

    /// <summary>Whether a node's PostgreSQL was started since the operation began. Both are lengths of time, each by a clock of its own: no two clocks have to agree.</summary>
    public Task<bool> IsDoneAsync(Operation operation, Instance node, CancellationToken cancellationToken)
    {
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT 1 WHERE now() - pg_catalog.pg_postmaster_start_time() < interval '{Since(operation).TotalMilliseconds:0} milliseconds'");
        return builder.AgentOf(node.HostId).AnyRowAsync(node.Id, "postgres", sql, cancellationToken);
    }

    /// <summary>How long ago the operation began: by the monotonic clock, which nobody can set, from when this process first asked. What was before that, in another process, only the other clock tells.</summary>
    private TimeSpan Since(Operation operation)
    {
        if (_begun.Count > CountMax)
            _begun.Clear();
        var (before, at) = _begun.GetOrAdd(operation.Id, _ => (((timeProvider.GetUtcNow() - operation.Steps[0].StartedAt) ?? TimeSpan.Zero).Duration(), timeProvider.GetTimestamp()));
        return before + timeProvider.GetElapsedTime(at);
    }
}
