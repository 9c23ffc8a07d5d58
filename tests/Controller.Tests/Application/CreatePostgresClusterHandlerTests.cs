using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

public sealed class CreatePostgresClusterHandlerTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task HandleAsync_NameAlone_WritesClusterOperationAndEventInOneTransactionAndNudges()
    {
        var useCases = await UseCases.OverAsync();
        var commits = useCases.Store.CommitCount;
        var nudged = useCases.Nudge.NextAsync(Never);

        var created = await useCases.Create.HandleAsync(UseCases.Named("demo") with { Reason = "the shop", RequestId = "r1" }, UseCases.Admin, Never);

        Assert.Equal(commits + 1, useCases.Store.CommitCount);
        await nudged.DefaultTimeout();
        var cluster = (await useCases.ReadAsync(reader => reader.FindCluster("default", "demo")))!;
        Assert.Equal(ClusterLifecycle.Creating, cluster.Lifecycle);
        Assert.Equal(created.Operation!.Id, cluster.HeldBy);
        Assert.Equal("17-1", cluster.ImageSet);
        Assert.Equal("patroni-1", cluster.Revision);
        Assert.Equal(1, cluster.Generation);
        Assert.Null(cluster.Spec.NodeCount);
        Assert.Equal(3, cluster.Effective.NodeCount);
        Assert.Equal(2, cluster.Effective.ProxyCount);
        Assert.Equal(new Origin("admin", "127.0.0.1", "the shop", "r1"), created.Operation.Origin);
        Assert.Equal("place", created.Operation.Steps[0].Name);
        Assert.Equal("creating", created.Cluster!.Status.Phase);
        Assert.Equal(8, created.Plan!.Placement.Instances.Length);
        var stored = Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10)));
        Assert.Equal("postgres.cluster.create.requested", stored.Event.Kind);
        Assert.Equal($$"""{"name":"demo","operation_id":"{{created.Operation.Id}}"}""", stored.Event.Payload);
        Assert.Equal(created.Plan.Placement.Instances.Select(instance => instance.Id).ToHashSet(), (await useCases.ReadAsync(reader => reader.ListInstances())).Select(instance => instance.Id).ToHashSet());
        Assert.Equal(9, cluster.NextOrdinal);
    }

    [Fact]
    public async Task HandleAsync_TwoAtOnce_TakeDifferentPortsAndNetworks()
    {
        var useCases = await UseCases.OverAsync();

        var one = (await useCases.Create.HandleAsync(UseCases.Named("one"), UseCases.Admin, Never)).Plan!.Placement.Instances;
        var other = (await useCases.Create.HandleAsync(UseCases.Named("other"), UseCases.Admin, Never)).Plan!.Placement.Instances;

        static IEnumerable<string> Taken(IEnumerable<Instance> instances) => instances.SelectMany(instance => instance.Ports.Values.Select(port => $"{instance.HostId} {port}").Append($"{instance.HostId} {instance.Subnet}"));
        Assert.Empty(Taken(one).Intersect(Taken(other)));
    }

    [Fact]
    public async Task HandleAsync_DiskReservedByOthers_IsRefusedWithWhatIsLeftOnEachHost()
    {
        var useCases = await UseCases.OverAsync();
        var large = new PostgresClusterSpec { Resources = new ResourcesSpec { DiskBytes = 60L << 30 } };
        await useCases.Create.HandleAsync(UseCases.Named("one") with { Spec = large }, UseCases.Admin, Never);

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(UseCases.Named("other") with { Spec = large, ValidateOnly = true }, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.NoPlacement, refusal.Reason);
        Assert.Contains("h3: disk: 60 GiB needed, 38.5 GiB left of 100 GiB after reservations of 61.5 GiB, 80 GiB free", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_ValidateOnly_PlansAndWritesNothing()
    {
        var useCases = await UseCases.OverAsync();
        var commits = useCases.Store.CommitCount;

        var planned = await useCases.Create.HandleAsync(UseCases.Named("demo") with { ValidateOnly = true }, UseCases.Admin, Never);

        Assert.Null(planned.Operation);
        Assert.Null(planned.Cluster);
        Assert.Equal(["demo-1", "demo-2", "demo-3"], planned.Plan!.Placement.Instances.Take(3).Select(instance => instance.Member));
        Assert.Equal(commits, useCases.Store.CommitCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_TooFewHosts_IsRefusedWithTheReasonOfEachHost(bool validateOnly)
    {
        var useCases = await UseCases.OverAsync();
        await useCases.WriteAsync(writer => writer.UpdateHost(A.Host(2) with { Cordoned = true }, 1));
        useCases.Fleet.See(HostObservation.NeverHeard(A.Host(3).Id));

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(UseCases.Named("demo") with { ValidateOnly = validateOnly }, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.NoPlacement, refusal.Reason);
        Assert.StartsWith("3 hosts are needed (3 nodes and 3 etcd members, each kind on different hosts) and 1 can be used", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("it is cordoned", refusal.Metadata["host.h2"]);
        Assert.Equal(["host.h2", "host.h3"], refusal.Metadata.Keys);
        Assert.Empty(await useCases.ReadAsync(reader => reader.ListClusters(null)));
    }

    [Fact]
    public async Task HandleAsync_OneHostNotStrict_IsPlacedTogetherWithWarnings()
    {
        var useCases = await UseCases.OverAsync(hostCount: 1);
        var command = UseCases.Named("demo") with { Spec = new PostgresClusterSpec { Placement = new PlacementSpec { Strict = false } } };

        var created = await useCases.Create.HandleAsync(command, UseCases.Admin, Never);

        Assert.Contains(created.Plan!.Placement.Warnings, warning => warning.StartsWith("3 nodes share host h1", StringComparison.Ordinal));
        Assert.Equal(1, created.Cluster!.Cluster.Effective.ProxyCount);
    }

    [Fact]
    public async Task HandleAsync_NoHosts_SaysHowToGetOne()
    {
        var useCases = await UseCases.OverAsync(hostCount: 0);

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(UseCases.Named("demo"), UseCases.Admin, Never));

        Assert.Contains("agentctl token create", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(refusal.Metadata);
    }

    [Fact]
    public async Task HandleAsync_NoImageSet_IsRefused()
    {
        var useCases = await UseCases.OverAsync(hostCount: 0);
        var empty = new Agents.Testing.Stores.InMemoryStore();
        var handler = new Agents.Controller.Application.Clusters.CreatePostgresClusterHandler(
            empty,
            useCases.Fleet,
            new Agents.Controller.Application.Clusters.ClusterPlanner(new Agents.Controller.Observation.Candidates(useCases.Fleet, new Agents.Controller.Observation.Strangers(useCases.Clock))),
            new Agents.Controller.Application.Clusters.ClusterViews(useCases.Fleet, useCases.Clock),
            useCases.Nudge,
            useCases.Clock);

        var refusal = await UseCases.RefusalOf(() => handler.HandleAsync(UseCases.Named("demo"), UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.ImageMissing, refusal.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_NameTaken_IsRefused(bool validateOnly)
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(UseCases.Named("demo1") with { ValidateOnly = validateOnly }, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.AlreadyExists, refusal.Reason);
        Assert.Equal("a cluster named \"demo1\" exists in this project: choose another name", refusal.Message);
    }

    [Fact]
    public async Task HandleAsync_EverythingWrong_NamesEveryField()
    {
        var useCases = await UseCases.OverAsync();
        var command = UseCases.Named("Not_A_Label") with
        {
            Project = "-",
            RequestId = "a b",
            Reason = new string('x', 1001),
            Labels = new LabelSet([new("agents.mine", "x")]),
            Spec = new PostgresClusterSpec { NodeCount = 0, PostgresVersion = "9.6", Engine = Engine.PgAutoFailover },
        };

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(command, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.InvalidArgument, refusal.Reason);
        Assert.Equal(
            ["project", "name", "labels.agents.mine", "spec.engine", "spec.postgres_version", "spec.node_count", "request_id", "reason"],
            refusal.Violations.Select(violation => violation.Path));
    }

    [Fact]
    public async Task HandleAsync_SameRequestTwice_IsOneClusterAndTheFirstAnswer()
    {
        var useCases = await UseCases.OverAsync();
        var command = UseCases.Named("demo") with { RequestId = "r1" };

        var first = await useCases.Create.HandleAsync(command, UseCases.Admin, Never);
        var second = await useCases.Create.HandleAsync(command, UseCases.Admin, Never);

        Assert.Equal(first.Operation!.Id, second.Operation!.Id);
        Assert.Equal(first.Cluster!.Cluster.Id, second.Cluster!.Cluster.Id);
        Assert.Equal(first.Plan!.Placement, second.Plan!.Placement);
        Assert.Single(await useCases.ReadAsync(reader => reader.ListClusters(null)));
    }

    [Fact]
    public async Task HandleAsync_SameIdOtherRequest_IsRefused()
    {
        var useCases = await UseCases.OverAsync();
        var command = UseCases.Named("demo") with { RequestId = "r1" };
        await useCases.Create.HandleAsync(command, UseCases.Admin, Never);

        var other = command with { Spec = new PostgresClusterSpec { Placement = new PlacementSpec { HostLabels = new LabelSet([new("zone", "a")]) } } };
        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(other, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.RequestIdReused, refusal.Reason);
    }

    [Fact]
    public async Task HandleAsync_SameIdOfAnotherPrincipal_IsAnotherRequest()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.Create.HandleAsync(UseCases.Named("demo") with { RequestId = "r1" }, UseCases.Admin, Never);

        await useCases.Create.HandleAsync(UseCases.Named("other") with { RequestId = "r1" }, UseCases.Admin with { Principal = "bob" }, Never);

        Assert.Equal(2, (await useCases.ReadAsync(reader => reader.ListClusters(null))).Count);
    }

    [Fact]
    public async Task HandleAsync_OtherProject_IsRefused()
    {
        var useCases = await UseCases.OverAsync();

        var refusal = await UseCases.RefusalOf(() => useCases.Create.HandleAsync(UseCases.Named("demo") with { Project = "default" }, UseCases.ShopOperator, Never));

        Assert.Equal(ErrorReasons.PermissionDenied, refusal.Reason);
        Assert.Equal("the token is for project \"shop\" alone, not for \"default\"", refusal.Message);
    }
}
