using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines;

/// <summary>What an engine's running clusters are asked and told, through the agents of their hosts: one driver per engine of the domain's table.</summary>
internal interface IEngineDriver
{
    /// <summary>Which engine it drives.</summary>
    Engine Engine { get; }

    /// <summary>The steps of operations that depend on what a cluster of the engine consists of. The steps that all engines have are not among them.</summary>
    IReadOnlyList<IOperationStep> Steps { get; }

    /// <summary>What the cluster's members say; null when none answers.</summary>
    Task<ClusterObservation?> ObserveAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken);

    /// <summary>
    /// What the primary says of a cluster that was at rest, and asked of nobody else: of the others it has what they were last seen to say. Null where the cluster is not at rest any
    /// more: then all are to be asked.
    /// </summary>
    Task<ClusterObservation?> ObserveAtRestAsync(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation known, CancellationToken cancellationToken);

    /// <summary>The node that leads and takes writes, by its own word; null when none says so.</summary>
    Task<Instance?> FindPrimaryAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken);

    /// <summary>Has the engine look at its cluster at once. A hint: whether it was heard makes no difference but in time.</summary>
    Task WakeAsync(Cluster cluster, Instance primary, CancellationToken cancellationToken);
}
