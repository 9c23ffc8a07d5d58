using Agents.Domain.Scheduling;

namespace Agents.Controller.Stores;

/// <summary>The first answer to a request id: a replay of the same request gets it again, another request under the same id is refused.</summary>
/// <param name="Principal">Whose request id it is.</param>
/// <param name="RequestId">The request id.</param>
/// <param name="RequestHash">The hex SHA-256 of the method and the request.</param>
/// <param name="ResourceId">The id of what was made or changed, from which the answer is made again.</param>
/// <param name="OperationId">The operation that was begun; empty when there was none.</param>
/// <param name="CreatedAt">When it was first asked.</param>
internal sealed record IdempotentAnswer(string Principal, string RequestId, string RequestHash, string ResourceId, string OperationId, DateTimeOffset CreatedAt)
{
    /// <summary>Where a new cluster was planned to go, which cannot be made again; null for other requests.</summary>
    public Placement? Placement { get; init; }
}
