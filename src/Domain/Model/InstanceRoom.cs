using Agents.Domain.Kinds;

namespace Agents.Domain.Model;

/// <summary>
/// What an instance of each kind takes of its host: its memory limit, and the disk that its data, its configuration and its log may come to. Reserved when it is placed, and what
/// the templates set their limits by. Nodes are sized by the spec, all else by its kind.
/// </summary>
public static class InstanceRoom
{
    /// <summary>Its memory.</summary>
    public static long MemoryBytes(InstanceKind kind, EffectiveSpec spec) => KindProfile.Of(kind) is { IsNode: false } profile ? profile.MemoryBytes : spec.MemoryBytes;

    /// <summary>Its disk.</summary>
    public static long DiskBytes(InstanceKind kind, EffectiveSpec spec) => KindProfile.Of(kind) is { IsNode: false } profile ? profile.DiskBytes : spec.DiskBytes;
}
