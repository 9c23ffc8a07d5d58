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

    /// <summary>The operation that holds the cluster now; the loop plans nothing while there is one.</summary>
    public OperationId? HeldBy { get; init; }

    /// <summary>The next ordinal for an instance. Only ever raised.</summary>
    public required int NextOrdinal { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
