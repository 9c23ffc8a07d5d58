using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Stores;

/// <summary>Operations as they are asked for.</summary>
internal static class NewOperation
{
    /// <summary>An operation on a cluster, none of its steps begun.</summary>
    public static Operation On(Cluster cluster, string kind, string arguments, Origin origin, DateTimeOffset now) => new()
    {
        Id = new OperationId(Guid.CreateVersion7(now)),
        Kind = kind,
        Project = cluster.Project,
        Resource = cluster.Ref,
        ResourceName = cluster.Name,
        State = OperationState.Pending,
        Steps = OperationSteps.Of(kind, cluster.Effective.Engine),
        Arguments = arguments,
        Origin = origin,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
