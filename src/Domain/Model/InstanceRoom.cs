using System.Diagnostics;

namespace Agents.Domain.Model;

/// <summary>
/// What an instance of each kind takes of its host: its memory limit, and the disk that its data, its configuration and its log may come to. Reserved when it is placed, and what
/// the templates set their limits by.
/// </summary>
public static class InstanceRoom
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>What etcd's database may grow to.</summary>
    public const long EtcdDatabaseBytes = 512 * Mebibyte;

    /// <summary>Its memory.</summary>
    public static long MemoryBytes(InstanceKind kind, EffectiveSpec spec)
    {
        switch (kind)
        {
            case InstanceKind.Postgres:
                return spec.MemoryBytes;
            case InstanceKind.Etcd:
                return 512 * Mebibyte;
            case InstanceKind.Haproxy:
                return 256 * Mebibyte;
        }

        throw new UnreachableException();
    }

    /// <summary>Its disk. Of etcd: the database, once more while it is defragmented, and as much again for its log and its snapshots.</summary>
    public static long DiskBytes(InstanceKind kind, EffectiveSpec spec)
    {
        switch (kind)
        {
            case InstanceKind.Postgres:
                return spec.DiskBytes;
            case InstanceKind.Etcd:
                return 4 * EtcdDatabaseBytes;
            case InstanceKind.Haproxy:
                return 64 * Mebibyte;
        }

        throw new UnreachableException();
    }
}
