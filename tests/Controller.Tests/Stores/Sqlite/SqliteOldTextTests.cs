using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Agents.Controller.Stores.Sqlite;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>
/// What stores hold already is read by every later version. These texts stay as they are: a property that is new has the value that older clusters have, and is not required. A text
/// that a later version writes may be added.
/// </summary>
public sealed class SqliteOldTextTests
{
    private const string Instances =
        """
        [{"id":{"value":"1857dc84-fbea-8fca-8fd7-6419041d4d52"},"owner":"postgres_cluster/0000000c-0000-4000-8000-000000000001","host_id":{"value":"0000000a-0000-4000-8000-000000000001"},"kind":"postgres","ordinal":1,"member":"demo1-1","cluster_address":"10.0.0.1","client_address":"10.0.0.1","ports":{"postgres":20002,"rest":20003},"subnet":"10.210.0.0/28","generation":1,"initialised":false,"power":"running","revision":"patroni-1","image_label":"postgres:17-1","config_hash":"","placement_reason":"it has the fewest instances"}]
        """;

    [Fact]
    public void Spec_OfAnOlderVersion_IsRead() => AssertIsRead(
        """
        {"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum","bootstrap":{"database":"shop","owner":"shop","encoding":"UTF8","locale":"C"},"proxy_count":2,"placement":{"strict":true,"host_labels":{"disk":"nvme"}},"resources":{"memory_bytes":1073741824,"cpu_milli":500,"disk_bytes":21474836480},"deletion_protection":false}
        """,
        SqliteJson.Default.PostgresClusterSpec);

    [Fact]
    public void Effective_OfAnOlderVersion_IsRead() => AssertIsRead(
        """
        {"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum","database":"app","owner":"app","encoding":"UTF8","locale":"C.UTF-8","coordinator_count":3,"proxy_count":2,"placement_strict":true,"host_labels":{"disk":"nvme"},"memory_bytes":536870912,"cpu_milli":0,"disk_bytes":10737418240,"deletion_protection":true}
        """,
        SqliteJson.Default.EffectiveSpec);

    [Fact]
    public void Trash_OfAnOlderVersion_IsRead() => AssertIsRead(
        $$"""
        {"instances":{{Instances}},"nodes":[{"instance_id":{"value":"1857dc84-fbea-8fca-8fd7-6419041d4d52"},"role":"primary","timeline":1,"wal_bytes":50331648}],"purge_at":"2026-01-09T03:04:05+00:00","is_counted":true,"gone":"","is_purging":false}
        """,
        SqliteJson.Default.Trash);

    [Fact]
    public void Placement_OfAnOlderVersion_IsRead() => AssertIsRead(
        $$"""
        {"instances":{{Instances}},"warnings":["look"],"hosts":[{"host":"h1","feasible":true,"reasons":[]}]}
        """,
        SqliteJson.Default.Placement);

    [Fact]
    public void Steps_OfAnOlderVersion_AreRead() => AssertIsRead(
        """
        [{"name":"place","state":"succeeded","message":"done","undone":0,"started_at":"2026-01-02T03:04:05+00:00","ended_at":"2026-01-02T03:04:06+00:00"}]
        """,
        SqliteJson.Default.ImmutableArrayOperationStep);

    /// <summary>Read, and written again with all that was said.</summary>
    private static void AssertIsRead<T>(string text, JsonTypeInfo<T> type)
    {
        var again = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(text, type)!, type);

        AssertHolds(JsonNode.Parse(text), again);
    }

    private static void AssertHolds(JsonNode? old, JsonNode? now)
    {
        if (old is JsonObject properties)
            Assert.All(properties, property => AssertHolds(property.Value, now?[property.Key]));
        else if (old is JsonArray items)
            Assert.All(items.Zip(Assert.IsType<JsonArray>(now)), pair => AssertHolds(pair.First, pair.Second));
        else
            Assert.Equal(old?.ToJsonString(), now?.ToJsonString());
    }
}
