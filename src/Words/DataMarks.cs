namespace Agents.Words;

/// <summary>What proves that a volume holds the data of an instance: what its software keeps there from its first start to its last. Paths are relative to where the volume is mounted.</summary>
public static class DataMarks
{
    /// <summary>PostgreSQL's control file, which begins with the identifier of the system that the data belongs to.</summary>
    public const string ControlFile = "data/global/pg_control";

    /// <summary>The marks of a kind, all of which are there and not empty; none where it holds no data. One that ends in "*" and an ending stands for any file of a directory with that.</summary>
    public static IReadOnlyList<string> Of(string kind) => kind switch
    {
        InstanceKinds.Postgres => [ControlFile],
        InstanceKinds.Etcd => ["data/member/snap/db", "data/member/wal/*.wal"], // Without its log it would join under its old id and know nothing of what it has voted for.
        _ => [],
    };

    /// <summary>Whether the marks of a kind tell whose data it is.</summary>
    public static bool HaveIdentity(string kind) => Of(kind).Contains(ControlFile);
}
