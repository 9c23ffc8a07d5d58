using System.Text.Json;
using Agents.Controller.Stores.Sqlite;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Testing;

namespace Agents.Controller.Tests.Stores.Sqlite;

/// <summary>
/// The form of what stands as JSON in columns: stores that were written are full of it. A test that fails here asks for a migration, or for a new property with a default.
/// </summary>
public sealed class SqliteJsonTests
{
    [Fact]
    public void Spec_Written_HasItsForm()
    {
        var spec = new PostgresClusterSpec
        {
            Engine = Engine.PgAutoFailover,
            NodeCount = 3,
            Durability = Durability.Quorum,
            Bootstrap = new BootstrapSpec { Database = "shop" },
            Placement = new PlacementSpec { HostLabels = new LabelSet([new("disk", "nvme")]) },
        };

        Assert.Equal(
            """
            {"engine":"pg_auto_failover","node_count":3,"durability":"quorum","bootstrap":{"database":"shop"},"placement":{"host_labels":{"disk":"nvme"}},"resources":{},"failover":{}}
            """,
            JsonSerializer.Serialize(spec, SqliteJson.Default.PostgresClusterSpec));
    }

    [Fact]
    public void Effective_Written_HasItsForm() => Assert.Equal(
        """
        {"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum","database":"app","owner":"app","encoding":"UTF8","locale":"C.UTF-8","coordinator_count":3,"proxy_count":2,"placement_strict":true,"host_labels":{},"memory_bytes":536870912,"cpu_milli":0,"disk_bytes":10737418240,"deletion_protection":true,"hang_timeout":"00:00:10"}
        """,
        JsonSerializer.Serialize(A.Cluster().Effective, SqliteJson.Default.EffectiveSpec));

    [Fact]
    public void Steps_Written_HaveTheirForm() => Assert.Equal(
        """
        [{"name":"place","state":"succeeded_pending_hosts","message":"done","undone":0,"started_at":"2026-01-02T03:04:05+00:00"}]
        """,
        JsonSerializer.Serialize(
            [new OperationStep { Name = "place", State = OperationState.SucceededPendingHosts, Message = "done", StartedAt = A.Time }],
            SqliteJson.Default.ImmutableArrayOperationStep));

    [Fact]
    public void Placement_Written_HasItsForm() => Assert.Equal(
        """
        {"instances":[{"id":{"value":"1857dc84-fbea-8fca-8fd7-6419041d4d52"},"owner":"postgres_cluster/0000000c-0000-4000-8000-000000000001","host_id":{"value":"0000000a-0000-4000-8000-000000000001"},"kind":"postgres","ordinal":1,"member":"demo1-1","cluster_address":"10.0.0.1","client_address":"10.0.0.1","ports":{"postgres":20002,"rest":20003},"subnet":"10.210.0.0/28","generation":1,"initialised":false,"power":"running","revision":"patroni-1","image_label":"postgres:17-1","config_hash":"","placement_reason":"it has the fewest instances"}],"warnings":["look"],"hosts":[{"host":"h1","feasible":true,"reasons":[]}]}
        """,
        JsonSerializer.Serialize(
            new Placement { Instances = [A.Instance(A.Cluster(), A.Host())], Warnings = ["look"], Hosts = [new HostExplanation("h1", true, [])] }, SqliteJson.Default.Placement));

    /// <summary>A kind has one word, in the store as in labels.</summary>
    [Fact]
    public void Words_OfKinds_AreThoseOfTheirProfiles() => Assert.All(KindProfile.All, profile => Assert.Equal(profile.Word, SqliteWords<InstanceKind>.Of(profile.Kind)));

    [Fact]
    public void Parse_WordOfALaterVersion_SaysWhatItIs()
    {
        var exception = Assert.Throws<InvalidDataException>(() => SqliteWords<Engine>.Parse("repmgr"));

        Assert.Equal("the store holds the Engine \"repmgr\", which this version does not know", exception.Message);
    }
}
