namespace Agents.Words;

/// <summary>The kinds of instance that agents know something of, as they stand in labels and records. All the others are words of the controller alone.</summary>
public static class InstanceKinds
{
    /// <summary>A PostgreSQL node.</summary>
    public const string Postgres = "postgres";

    /// <summary>An etcd member.</summary>
    public const string Etcd = "etcd";

    /// <summary>A HAProxy.</summary>
    public const string Haproxy = "haproxy";

    /// <summary>Whether instances of a kind hold data, by which their agent would know it: those are started by their agent alone, after the check of their volumes.</summary>
    public static bool HoldsData(string kind) => DataMarks.Of(kind).Count > 0;
}
