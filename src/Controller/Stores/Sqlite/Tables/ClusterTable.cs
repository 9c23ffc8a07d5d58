using System.Text.Json;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The clusters. A deleted one stays as a tombstone; its name is free again.</summary>
internal static class ClusterTable
{
    private const string Columns =
        "id, project, name, labels, spec, effective, revision, image_set, generation, lifecycle, held_by, owner_generation, next_ordinal, created_at, deleted_at, trash, stopped";

    /// <summary>A cluster by id, deleted ones included.</summary>
    public static Cluster? Find(SqliteConnection connection, ClusterId id) =>
        connection.Find($"SELECT {Columns} FROM clusters WHERE id = $id", Read, ("id", id.ToString()));

    /// <summary>A living cluster by project and name.</summary>
    public static Cluster? Find(SqliteConnection connection, string project, string name) =>
        connection.Find(
            $"SELECT {Columns} FROM clusters WHERE project = $project AND name = $name AND lifecycle <> 'deleted'", Read, ("project", project), ("name", name));

    /// <summary>The living clusters by project and name.</summary>
    public static IReadOnlyList<Cluster> List(SqliteConnection connection, string? project) =>
        connection.Query(
            $"SELECT {Columns} FROM clusters WHERE lifecycle <> 'deleted' AND ($project IS NULL OR project = $project) ORDER BY project, name",
            Read,
            ("project", project));

    /// <summary>The deleted clusters with something in the trash, by project, name and id.</summary>
    public static IReadOnlyList<Cluster> ListTrash(SqliteConnection connection, string? project) =>
        connection.Query(
            $"SELECT {Columns} FROM clusters WHERE lifecycle = 'deleted' AND trash IS NOT NULL AND ($project IS NULL OR project = $project) ORDER BY project, name, id",
            Read,
            ("project", project));

    /// <summary>Removes some of the tombstones that were deleted before and of which nothing is left: neither data nor instances, networks, leftovers, credentials or open operations.</summary>
    public static int RemoveBefore(SqliteConnection connection, DateTimeOffset time, int countMax) =>
        connection.Execute(
            """
            DELETE FROM clusters WHERE id IN (
                SELECT id FROM clusters AS aged
                WHERE lifecycle = 'deleted' AND deleted_at < $time AND (trash IS NULL OR json_extract(trash, '$.gone') <> '') AND held_by IS NULL
                  AND NOT EXISTS (SELECT 1 FROM instances WHERE owner = $type || aged.id)
                  AND NOT EXISTS (SELECT 1 FROM networks WHERE owner = $type || aged.id)
                  AND NOT EXISTS (SELECT 1 FROM leftovers WHERE owner = $type || aged.id)
                  AND NOT EXISTS (SELECT 1 FROM credentials WHERE owner = $type || aged.id)
                  AND NOT EXISTS (SELECT 1 FROM operations WHERE resource_id = aged.id AND done = 0)
                LIMIT $count_max)
            """,
            ("type", $"{SqliteWords<ResourceType>.Of(ResourceType.PostgresCluster)}/"),
            ("time", time.ToColumn()),
            ("count_max", countMax));

    /// <summary>Adds a cluster.</summary>
    public static void Add(SqliteConnection connection, Cluster cluster)
    {
        if (Find(connection, cluster.Project, cluster.Name) is not null)
            throw new NameTakenException("cluster", cluster.Name);
        connection.Execute(
            $"""
            INSERT INTO clusters ({Columns})
            VALUES ($id, $project, $name, $labels, $spec, $effective, $revision, $image_set, $generation, $lifecycle, $held_by, $owner_generation, $next_ordinal, $created_at, $deleted_at, $trash, $stopped)
            """,
            Parameters(cluster));
    }

    /// <summary>Replaces a cluster of the expected generation.</summary>
    public static bool Update(SqliteConnection connection, Cluster cluster, long expectedGeneration) =>
        connection.Execute(
            """
            UPDATE clusters
            SET project = $project, name = $name, labels = $labels, spec = $spec, effective = $effective, revision = $revision, image_set = $image_set,
                generation = $generation, lifecycle = $lifecycle, held_by = $held_by, owner_generation = $owner_generation, next_ordinal = $next_ordinal, created_at = $created_at,
                deleted_at = $deleted_at, trash = $trash, stopped = $stopped
            WHERE id = $id AND generation = $expected
            """,
            [.. Parameters(cluster), ("expected", expectedGeneration)]) == 1;

    private static (string Name, object? Value)[] Parameters(Cluster cluster) =>
    [
        ("id", cluster.Id.ToString()),
        ("project", cluster.Project),
        ("name", cluster.Name),
        ("labels", JsonSerializer.Serialize(cluster.Labels, SqliteJson.Default.LabelSet)),
        ("spec", JsonSerializer.Serialize(cluster.Spec, SqliteJson.Default.PostgresClusterSpec)),
        ("effective", JsonSerializer.Serialize(cluster.Effective, SqliteJson.Default.EffectiveSpec)),
        ("revision", cluster.Revision),
        ("image_set", cluster.ImageSet),
        ("generation", cluster.Generation),
        ("lifecycle", SqliteWords<ClusterLifecycle>.Of(cluster.Lifecycle)),
        ("held_by", cluster.HeldBy?.ToString()),
        ("owner_generation", cluster.OwnerGeneration),
        ("next_ordinal", cluster.NextOrdinal),
        ("created_at", cluster.CreatedAt.ToColumn()),
        ("deleted_at", cluster.DeletedAt?.ToColumn()),
        ("trash", cluster.Trash is { } trash ? JsonSerializer.Serialize(trash, SqliteJson.Default.Trash) : null),
        ("stopped", cluster.Stopped is { } stopped ? JsonSerializer.Serialize(stopped, SqliteJson.Default.Stopped) : null),
    ];

    private static Cluster Read(SqliteDataReader row) => new()
    {
        Id = ClusterId.Parse(row.GetText("id")),
        Project = row.GetText("project"),
        Name = row.GetText("name"),
        Labels = JsonSerializer.Deserialize(row.GetText("labels"), SqliteJson.Default.LabelSet)!,
        Spec = JsonSerializer.Deserialize(row.GetText("spec"), SqliteJson.Default.PostgresClusterSpec)!,
        Effective = JsonSerializer.Deserialize(row.GetText("effective"), SqliteJson.Default.EffectiveSpec)!,
        Revision = row.GetText("revision"),
        ImageSet = row.GetText("image_set"),
        Generation = row.GetLong("generation"),
        Lifecycle = SqliteWords<ClusterLifecycle>.Parse(row.GetText("lifecycle")),
        HeldBy = row.FindText("held_by") is { } id ? OperationId.Parse(id) : null,
        OwnerGeneration = row.GetLong("owner_generation"),
        NextOrdinal = row.GetInt("next_ordinal"),
        CreatedAt = row.GetTime("created_at"),
        DeletedAt = row.FindTime("deleted_at"),
        Trash = row.FindText("trash") is { } trash ? JsonSerializer.Deserialize(trash, SqliteJson.Default.Trash) : null,
        Stopped = row.FindText("stopped") is { } stopped ? JsonSerializer.Deserialize(stopped, SqliteJson.Default.Stopped) : null,
    };
}
