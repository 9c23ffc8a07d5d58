using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Something on a host that is to be removed later: because the host was away, or because data waits in the trash.</summary>
internal sealed record Leftover
{
    /// <summary>The operation of what a person had removed that no resource of the store owns: none.</summary>
    public static OperationId OfOrphan { get; } = new(Guid.Empty);

    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The resource that it belonged to.</summary>
    public required ResourceRef Owner { get; init; }

    /// <summary>The generation of the resource's owner to command with.</summary>
    public required long OwnerGeneration { get; init; }

    /// <summary>The instance that it belonged to; null for a network.</summary>
    public required InstanceId? InstanceId { get; init; }

    /// <summary>The generation of the instance to command with; 0 for a network.</summary>
    public required long Generation { get; init; }

    /// <summary>What it is.</summary>
    public required LeftoverKind Kind { get; init; }

    /// <summary>Its name on the host.</summary>
    public required string Name { get; init; }

    /// <summary>Not to be removed before this time.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>
    /// Whether it goes though its instance holds data: the word of a delete, or of a person about an orphan. The undo of a create never says so: where it turns out that there is
    /// data, nothing of what it left is touched.
    /// </summary>
    public required bool DestroyData { get; init; }

    /// <summary>The operation that wrote it, so that it can end when nothing is left.</summary>
    public required OperationId OperationId { get; init; }
}
