namespace Agents.Domain.Model;

/// <summary>A PostgreSQL cluster as the user asked for it. What is observed of it is never stored here.</summary>
public sealed record Cluster
{
    /// <summary>Its id.</summary>
    public required ClusterId Id { get; init; }

    /// <summary>Its project.</summary>
    public required string Project { get; init; }

    /// <summary>Its name, unique among the living clusters of the project.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>What the user wrote.</summary>
    public required PostgresClusterSpec Spec { get; init; }

    /// <summary>The spec with the defaults of the day of its creation.</summary>
    public required EffectiveSpec Effective { get; init; }

    /// <summary>The version of the templates that its configuration is made from; only an upgrade operation changes it.</summary>
    public required string Revision { get; init; }

    /// <summary>The version of the image set that its containers are made from; only an upgrade operation changes it.</summary>
    public required string ImageSet { get; init; }

    /// <summary>Raised with every change of spec or labels; the etag is made from it.</summary>
    public required long Generation { get; init; }

    /// <summary>What it is going through.</summary>
    public required ClusterLifecycle Lifecycle { get; init; }

    /// <summary>The operation that holds the cluster now; the loop plans nothing while there is one. Changed by <see cref="TakenBy"/> and <see cref="LetGo"/> alone.</summary>
    public OperationId? HeldBy { get; init; }

    /// <summary>
    /// Raised in every transaction that gives the cluster another owner, an operation or the loop: what commands about its networks are ordered by, so that one that the former
    /// owner sent and that comes late is refused.
    /// </summary>
    public long OwnerGeneration { get; init; } = 1;

    /// <summary>The next ordinal for an instance. Only ever raised.</summary>
    public required int NextOrdinal { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its delete had ended; null while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>What it comes back from, from the beginning of its delete until its data is purged or it is back; null otherwise.</summary>
    public Trash? Trash { get; init; }

    /// <summary>What is remembered of it while it is meant to be stopped, and until somebody takes writes again; null otherwise. No change of the spec starts or stops a cluster.</summary>
    public Stopped? Stopped { get; init; }

    /// <summary>Whether it is meant to be stopped.</summary>
    public bool IsStopped => Stopped is { IsStarting: false };

    /// <summary>The node that took the writes when the cluster was last stopped, or deleted; null while it runs, and where nobody knows.</summary>
    public InstanceId? FormerPrimary => Trash?.Primary?.Id ?? Stopped?.Primary;

    /// <summary>The cluster as the owner of what belongs to it.</summary>
    public ResourceRef Ref => ResourceRef.Of(Id);

    /// <summary>The cluster as an operation holds it.</summary>
    public Cluster TakenBy(OperationId operation) => this with { HeldBy = operation, OwnerGeneration = OwnerGeneration + 1 };

    /// <summary>The cluster as its operation leaves it.</summary>
    public Cluster LetGo(ClusterLifecycle lifecycle, DateTimeOffset now) => this with
    {
        HeldBy = null,
        OwnerGeneration = OwnerGeneration + 1,
        Lifecycle = lifecycle,
        DeletedAt = lifecycle == ClusterLifecycle.Deleted ? DeletedAt ?? now : null,
        Trash = lifecycle == ClusterLifecycle.Active ? null : Trash,
        Stopped = lifecycle == ClusterLifecycle.Active ? Stopped : null,
    };
}
