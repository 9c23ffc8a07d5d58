using Agents.Controller.Api.Mapping;
using Agents.Controller.Api.Rest;
using Agents.Controller.Application.Clusters;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Observation;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Api.Mapping;

public sealed class ClusterMapperTests
{
    [Fact]
    public async Task ToProto_ConvergedCluster_ShowsTopologyLagAndEndpoints()
    {
        var cluster = A.Cluster();
        var fleet = new FakeFleet();
        fleet.SeeReady(A.Host());
        fleet.See(new ClusterObservation(
            cluster.Id,
            A.Time,
            [
                new MemberObservation { Name = "demo1-1", IsPrimary = true, State = "running", Timeline = 1 },
                new MemberObservation { Name = "demo1-2", IsPrimary = false, State = "streaming", Timeline = 1, LagBytes = 0, Lag = TimeSpan.FromSeconds(0.25), SyncState = "quorum" },
            ],
            Paused: false,
            [new NodeSight("demo1-1", NodeSight.Kind.Leads), new NodeSight("demo1-2", NodeSight.Kind.Follows)]));
        fleet.AllHeld = [new HeldBack(new Hold("demo1-2", "IMAGE_MISSING", "no image"), A.Time)];
        var store = new InMemoryStore();
        await store.WriteAsync(
            writer =>
            {
                writer.AddHost(A.Host());
                writer.AddCluster(cluster);
                writer.AddInstances([A.Instance(cluster, A.Host()), A.Instance(cluster, A.Host(), ordinal: 2), Etcd(cluster), Proxy(cluster)]);
                return true;
            },
            CancellationToken.None);
        var view = await store.ReadAsync(reader => new ClusterViews(fleet, A.Clock()).Of(reader, cluster), CancellationToken.None);

        var status = ClusterMapper.ToProto(view).Status;

        Assert.Equal("degraded", status.Phase);
        Assert.Equal(["True", "False", "True", "True"], status.Conditions.Select(condition => condition.Status));
        Assert.Equal([("primary", "", false), ("replica", "quorum", true)], status.Nodes.Select(node => (node.Role, node.SyncState, node.HasLagBytes)));
        Assert.Equal("10.0.0.1:20002", status.Nodes[0].Address);
        Assert.Equal([("etcd", "10.0.0.1:20100"), ("haproxy", "[fd00::1]:20110")], status.Instances.Select(instance => (instance.Kind, instance.Address)));
        Assert.Equal([("read_write", 20110), ("read_only", 20111)], status.Endpoints.Select(endpoint => (endpoint.Role, endpoint.Port)));
        Assert.Equal("postgresql://app@[fd00::1]:20110/app?sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6&target_session_attrs=read-write", status.ConnectionString);
        var line = RestAnswers.ToLine(status);
        Assert.Contains("""{"instance":"demo1-2","reason":"IMAGE_MISSING","message":"no image","since":"2026-01-02T03:04:05Z"}""", line, StringComparison.Ordinal);
        Assert.Contains("\"lag_bytes\":0,\"lag_seconds\":0.25,\"timeline\":1", line, StringComparison.Ordinal);
        Assert.Contains("\"observed_at\":\"2026-01-02T03:04:05Z\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ToProto_SpecOfEverything_IsReadBackTheSame()
    {
        var spec = new PostgresClusterSpec
        {
            Engine = Engine.PgAutoFailover,
            PostgresVersion = "17",
            NodeCount = 2,
            Durability = Durability.Strict,
            Bootstrap = new BootstrapSpec { Database = "shop", Owner = "shop", Encoding = "UTF8", Locale = "C" },
            ProxyCount = 3,
            Placement = new PlacementSpec { Strict = false, HostLabels = new LabelSet([new("disk", "nvme")]) },
            Resources = new ResourcesSpec { MemoryBytes = 1, CpuMilli = 2, DiskBytes = 3 },
            Failover = new FailoverSpec { HangTimeout = TimeSpan.FromSeconds(20) },
            DeletionProtection = false,
        };

        Assert.Equal(spec, SpecMapper.ToDomain(SpecMapper.ToProto(spec)));
        Assert.Equal(new PostgresClusterSpec(), SpecMapper.ToDomain(SpecMapper.ToProto(new PostgresClusterSpec())));
        foreach (var durability in Enum.GetValues<Durability>())
            Assert.Equal(durability, SpecMapper.ToDomain(SpecMapper.ToProto(spec with { Durability = durability })).Durability);
    }

    private static Instance Etcd(Cluster cluster)
    {
        var instance = A.Instance(cluster, A.Host(), InstanceKind.Etcd, ordinal: 3);
        return instance with { Ports = instance.Ports.Clear().Add("client", 20100).Add("peer", 20101) };
    }

    private static Instance Proxy(Cluster cluster)
    {
        var instance = A.Instance(cluster, A.Host(), InstanceKind.Haproxy, ordinal: 4);
        return instance with { ClientAddress = "fd00::1", Ports = instance.Ports.Clear().Add("read_write", 20110).Add("read_only", 20111) };
    }
}
