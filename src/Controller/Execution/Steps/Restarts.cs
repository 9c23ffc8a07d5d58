using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Which servers an operation has restarted, by their own word: what is begun twice restarts none twice.</summary>
internal sealed class Restarts(InstanceBuilder builder, TimeProvider timeProvider)
{
    /// <summary>Whether a node's PostgreSQL was started since the operation began. Both are lengths of time, each by a clock of its own: no two clocks have to agree.</summary>
    public Task<bool> IsDoneAsync(Operation operation, Instance node, CancellationToken cancellationToken)
    {
        var since = ((timeProvider.GetUtcNow() - operation.Steps[0].StartedAt) ?? TimeSpan.Zero).Duration();
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT 1 WHERE now() - pg_catalog.pg_postmaster_start_time() < interval '{since.TotalMilliseconds:0} milliseconds'");
        return builder.AgentOf(node.HostId).AnyRowAsync(node.Id, "postgres", sql, cancellationToken);
    }
}
