using System.Collections.Immutable;
using Agents.Controller.Application.Restores;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

/// <summary>A store that is older than the fleet takes no change until a person has confirmed it.</summary>
public sealed class RestoreTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Changes_StoreIsOlder_AreRefusedAndReadsAreNot()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var operation = await useCases.Store.WriteAsync(writer => writer.AddOperation(A.Operation() with { Steps = Agents.Domain.Planning.OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni) }), Never);
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, "", 0), null));

        Func<Task>[] changes =
        [
            () => useCases.Create.HandleAsync(UseCases.Named("new"), UseCases.Admin, Never),
            () => useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1"), UseCases.Admin, Never),
            () => useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Spec = new PostgresClusterSpec { DeletionProtection = true } }, UseCases.Admin, Never),
            () => useCases.UpdateHost.HandleAsync(new() { Project = "", Id = "h1", Etag = "", Labels = new Dictionary<string, string>(), Cordoned = true, RequestId = "" }, UseCases.Admin, Never),
            () => useCases.CancelOperation.HandleAsync(operation.Id.ToString(), UseCases.Admin, Never),
        ];

        foreach (var change in changes)
        {
            var refusal = await UseCases.RefusalOf(change);
            Assert.Equal((ErrorReasons.ObserveOnly, "1"), (refusal.Reason, refusal.Metadata["newer_instance_count"]));
        }

        Assert.Empty(await useCases.ReadAsync(reader => reader.ListEvents(0, 10)));
        Assert.NotNull((await useCases.Create.HandleAsync(UseCases.Named("new") with { ValidateOnly = true }, UseCases.Admin, Never)).Plan);
        Assert.Equal("demo1", (await useCases.Get.HandleAsync("", "demo1", UseCases.Admin, Never)).Cluster.Name);
    }

    [Fact]
    public async Task Confirm_GenerationAtItsEnd_DoesNotOverflow()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var instance = A.Instance(cluster, A.Host(1));
        await useCases.WriteAsync(writer => writer.AddInstances([instance]));
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, instance.Id.ToString(), long.MaxValue), null));

        await Confirm(useCases).HandleAsync("", UseCases.Admin, Never);

        Assert.Equal(instance.Generation, Assert.Single(await useCases.ReadAsync(reader => reader.ListInstances(cluster.Ref))).Generation);
    }

    [Fact]
    public async Task Confirm_StoreIsOlder_RaisesWhatWasOutrunAndNothingElse()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var outrun = A.Instance(cluster, A.Host(1));
        var other = A.Instance(cluster, A.Host(2), ordinal: 2);
        await useCases.WriteAsync(writer => writer.AddInstances([outrun, other]));
        useCases.Fleet.See(useCases.Fleet.Host(A.Host(1).Id) with { Instances = ImmutableDictionary<InstanceId, InstanceObservation>.Empty.Add(outrun.Id, new InstanceObservation(outrun.Id, 7, InstanceWant.Running, "", true, "")) });
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, outrun.Id.ToString(), 7), null));
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(2).Id, new Ticket(2, "lost", 55, "gone since", 3), null));

        var before = await new GetControllerHandler(useCases.Store, useCases.Fleet).HandleAsync(Never);
        var after = await Confirm(useCases).HandleAsync("the disk was lost", UseCases.Admin, Never);

        Assert.Equal((true, 2), (before.ObserveOnly, before.NewerInstanceCount));
        Assert.False(after.ObserveOnly);
        Assert.Equal([8, 1], (await useCases.ReadAsync(reader => reader.ListInstances(cluster.Ref))).Select(instance => instance.Generation));
        Assert.Equal([new EpochTerm("lost", 2, 40, 55)], await useCases.ReadAsync(reader => reader.ListEpochTerms()));
        var written = Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10))).Event;
        Assert.Equal(("controller.restore_confirmed", "the disk was lost"), (written.Kind, written.Origin.Reason));
        await useCases.Create.HandleAsync(UseCases.Named("new"), UseCases.Admin, Never);
    }

    [Fact]
    public async Task Confirm_StoreIsOlder_RaisesWhatLiesInTheTrashToo()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var node = A.Instance(cluster, A.Host(1));
        var volume = new Leftover
        {
            HostId = node.HostId,
            Owner = cluster.Ref,
            OwnerGeneration = 2,
            InstanceId = node.Id,
            Generation = 3,
            Kind = LeftoverKind.Volume,
            Name = node.DataVolume,
            NotBefore = A.Time.AddDays(7),
            DestroyData = true,
            OperationId = A.Operation().Id,
        };
        await useCases.WriteAsync(writer =>
        {
            writer.AddLeftover(volume);
            writer.UpdateCluster(cluster with { Lifecycle = ClusterLifecycle.Deleted, Trash = new Trash { Instances = [node], Nodes = [], PurgeAt = A.Time.AddDays(7) } }, cluster.Generation);
        });
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, node.Id.ToString(), 7), null));
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 41, cluster.Id.ToString(), 9), null));

        await Confirm(useCases).HandleAsync("", UseCases.Admin, Never);

        Assert.Equal(volume with { Generation = 8, OwnerGeneration = 10, NotBefore = useCases.Clock.GetUtcNow().AddDays(7) }, Assert.Single(await useCases.ReadAsync(reader => reader.ListLeftovers())));
        var restored = Assert.Single(await useCases.ReadAsync(reader => reader.ListTrash(null)));
        Assert.Equal((10, 8), (restored.OwnerGeneration, restored.Trash!.Instances[0].Generation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirm_DeletedClusterWasOutrun_ItsDaysBeginAnewUnlessItsPurgeWasAskedFor(bool isAsked)
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var node = A.Instance(cluster, A.Host(1));
        var container = new Leftover
        {
            HostId = node.HostId,
            Owner = cluster.Ref,
            OwnerGeneration = 1,
            InstanceId = node.Id,
            Generation = 1,
            Kind = LeftoverKind.Instance,
            Name = node.ContainerName,
            NotBefore = A.Time,
            DestroyData = true,
            OperationId = A.Operation().Id,
        };
        await useCases.WriteAsync(writer =>
        {
            writer.AddLeftover(container);
            var trash = new Trash { Instances = [node], Nodes = [], PurgeAt = A.Time, IsCounted = true, IsPurging = true, IsPurgeAsked = isAsked };
            writer.UpdateCluster(cluster with { Lifecycle = ClusterLifecycle.Deleted, Trash = trash }, cluster.Generation);
        });
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, node.Id.ToString(), 7), null));

        await Confirm(useCases).HandleAsync("", UseCases.Admin, Never);

        var due = isAsked ? A.Time : useCases.Clock.GetUtcNow().AddDays(7);
        var trash = Assert.Single(await useCases.ReadAsync(reader => reader.ListTrash(null))).Trash!;
        Assert.Equal((due, isAsked, isAsked), (trash.PurgeAt, trash.IsCounted, trash.IsPurging));
        Assert.Equal(due, Assert.Single(await useCases.ReadAsync(reader => reader.ListLeftovers())).NotBefore);
    }

    [Fact]
    public async Task Changes_OneClusterIsOlder_AreRefusedForThatOneAlone()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(1, "ours", 3, "x", 7), cluster.Ref));

        var refusal = await UseCases.RefusalOf(() => useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1"), UseCases.Admin, Never));
        await useCases.Create.HandleAsync(UseCases.Named("new"), UseCases.Admin, Never);

        Assert.Equal(ErrorReasons.ObserveOnly, refusal.Reason);
    }

    [Fact]
    public async Task Confirm_NothingIsNewer_WritesNothing()
    {
        var useCases = await UseCases.OverAsync();

        Assert.False((await Confirm(useCases).HandleAsync("", UseCases.Admin, Never)).ObserveOnly);
        Assert.Empty(await useCases.ReadAsync(reader => reader.ListEvents(0, 10)));
    }

    private static ConfirmRestoreHandler Confirm(UseCases useCases) => new(useCases.Store, useCases.Fleet, useCases.Nudge, useCases.Clock);
}
