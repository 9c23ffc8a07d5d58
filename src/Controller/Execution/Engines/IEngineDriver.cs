using System.Collections.Immutable;
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

    /// <summary>What the cluster's members have told by themselves, without asking anybody; null unless all of them have, and are at rest: then they are to be asked.</summary>
    ClusterObservation? ObserveAtRest(Cluster cluster, IReadOnlyList<Instance> instances);

    /// <summary>The node that leads and takes writes, by its own word; null when none says so, or more than one.</summary>
    Task<Instance?> FindPrimaryAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken);

    /// <summary>
    /// A new cluster's first node takes long to lead: ends what the engine would wait for without end. Only for a cluster that never had data.
    /// Throws what <see cref="IAgent"/> throws.
    /// </summary>
    Task<BootstrapSight> FreeBootstrapAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken);

    /// <summary>Whether another node can be chosen in the place of a primary that has ended, by all that the engine looks at. Changes nothing.</summary>
    Task<Succession> FindSuccessionAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, CancellationToken cancellationToken);

    /// <summary>Whether the engine has written down that a new primary answers for what was acknowledged. Until then the one before it could lead again, and knows nothing of that.</summary>
    Task<bool> HasSucceededAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the engine takes a node for one of those without which it may choose no other primary, or for that itself; null where not enough can tell, or not all of them that this primary leads and, where commits wait for replicas, who confirms them.
    /// </summary>
    Task<bool?> IsCountedOnAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance node, Instance primary, CancellationToken cancellationToken);

    /// <summary>Who has led the cluster up to a timeline, as the engine has written it down; null where nobody can tell now.</summary>
    Task<ImmutableArray<LeadChange>?> FindHistoryAsync(Cluster cluster, IReadOnlyList<Instance> instances, int timeline, CancellationToken cancellationToken);

    /// <summary>Whether something can be asked of a node's agent now.</summary>
    bool IsReachable(Instance node);

    /// <summary>
    /// Has the engine hand the lead over from a primary that is well; it chooses where no target is given. Returns why it does not; empty where another leads. Throws
    /// what <see cref="IAgent"/> throws where that is not known, as where it has begun and not ended soon.
    /// </summary>
    Task<string> HandOverAsync(Cluster cluster, Instance primary, Instance? target, CancellationToken cancellationToken);

    /// <summary>Restarts PostgreSQL on a node. Returns why it is not done; empty where it is. Throws what <see cref="IAgent"/> throws where that is not known, as where it takes long.</summary>
    Task<string> RestartAsync(Cluster cluster, Instance node, CancellationToken cancellationToken);

    /// <summary>Has the engine look at its cluster at once. A hint: whether it was heard makes no difference but in time.</summary>
    Task WakeAsync(Cluster cluster, Instance primary, CancellationToken cancellationToken);
}
