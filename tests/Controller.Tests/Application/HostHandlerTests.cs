using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

public sealed class HostHandlerTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Get_ByIdOrName_JoinsStoreFleetAndCertificate()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        await useCases.WriteAsync(writer => writer.AddInstances([A.Instance(cluster, A.Host())]));
        await useCases.WriteAsync(writer => writer.AddIdentity(Identity()));

        var view = await useCases.GetHost.HandleAsync("", "h1", UseCases.Admin, Never);

        Assert.Equal(A.Host(), view.Host);
        Assert.Equal(HostState.Ready, view.Observed.State);
        Assert.Equal(1, view.InstanceCount);
        Assert.Equal(A.Time.AddDays(30), view.CertificateNotAfter);
        Assert.Empty(view.Warnings);
        Assert.Equal(A.Host(), (await useCases.GetHost.HandleAsync("", A.Host().Id.ToString(), UseCases.Admin, Never)).Host);
    }

    [Fact]
    public async Task Get_Unknown_IsNotThere()
    {
        var useCases = await UseCases.OverAsync();

        Assert.Equal("there is no host \"h9\"", (await UseCases.RefusalOf(() => useCases.GetHost.HandleAsync("", "h9", UseCases.Admin, Never))).Message);
        Assert.Equal(
            ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.GetHost.HandleAsync("", A.Host().Id.ToString(), UseCases.ShopOperator, Never))).Reason);
    }

    [Fact]
    public async Task List_Paged_ByName()
    {
        var useCases = await UseCases.OverAsync();

        var first = await useCases.ListHosts.HandleAsync("", new Paging(2, ""), UseCases.Admin, Never);
        var second = await useCases.ListHosts.HandleAsync("", new Paging(2, first.NextToken), UseCases.Admin, Never);

        Assert.Equal(["h1", "h2", "h3"], first.Items.Concat(second.Items).Select(view => view.Host.Name));
    }

    [Fact]
    public async Task Update_CordonAndLabels_ChangesTheHostOnce()
    {
        var useCases = await UseCases.OverAsync();
        var update = UpdateOf("h1") with { Etag = "1", Labels = new Dictionary<string, string> { ["zone"] = "", ["rack"] = "7" }, Cordoned = true, RequestId = "h-1" };

        var changed = await useCases.UpdateHost.HandleAsync(update, UseCases.Admin, Never);
        var again = await useCases.UpdateHost.HandleAsync(update, UseCases.Admin, Never);

        Assert.True(changed.Host.Cordoned);
        Assert.Equal(["rack"], changed.Host.Labels.Values.Keys);
        Assert.Equal(2, changed.Host.Generation);
        Assert.Equal(changed.Host, again.Host);
        Assert.Equal("host.updated", Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10))).Event.Kind);
    }

    [Fact]
    public async Task Update_NothingNewOrOldEtagOrBadLabel_ChangesNothing()
    {
        var useCases = await UseCases.OverAsync();

        Assert.Equal(1, (await useCases.UpdateHost.HandleAsync(UpdateOf("h1"), UseCases.Admin, Never)).Host.Generation);
        Assert.Equal(ErrorReasons.EtagMismatch, (await UseCases.RefusalOf(() => useCases.UpdateHost.HandleAsync(UpdateOf("h1") with { Etag = "5", Cordoned = true }, UseCases.Admin, Never))).Reason);
        var refusal = await UseCases.RefusalOf(
            () => useCases.UpdateHost.HandleAsync(UpdateOf("h1") with { Labels = new Dictionary<string, string> { ["a b"] = "1" } }, UseCases.Admin, Never));
        Assert.Equal("labels.a b", Assert.Single(refusal.Violations).Path);
    }

    [Fact]
    public async Task Get_WithOrphansAndLeftovers_ShowsThem()
    {
        var useCases = await UseCases.OverAsync();
        await SeeOrphansAsync(useCases);

        var view = await useCases.GetHost.HandleAsync("", "h1", UseCases.Admin, Never);

        Assert.Equal(["old-1-config", "old-1-data", "net"], view.Orphans.Select(orphan => orphan.Name));
        Assert.Empty((await useCases.ListHosts.HandleAsync("", new Paging(0, ""), UseCases.Admin, Never)).Items[0].Orphans);
    }

    [Fact]
    public async Task RemoveOrphans_DataNotNamed_KeepsItsVolumeAndIsDoneOnce()
    {
        var useCases = await UseCases.OverAsync();
        await SeeOrphansAsync(useCases);
        var removal = RemovalOf("h1") with { RequestId = "r1" };

        var view = await useCases.RemoveOrphans.HandleAsync(removal, UseCases.Admin, Never);
        await useCases.RemoveOrphans.HandleAsync(removal, UseCases.Admin, Never);

        Assert.Equal("old-1-data", Assert.Single(view.Orphans).Name);
        Assert.Equal(["net", "old-1-config"], view.Leftovers.Select(left => left.Leftover.Name).Order(StringComparer.Ordinal));
        Assert.Equal("host.orphans_removal_requested", Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10))).Event.Kind);
    }

    [Fact]
    public async Task RemoveOrphans_DataNamed_GoesToo()
    {
        var useCases = await UseCases.OverAsync();
        await SeeOrphansAsync(useCases);

        Assert.Empty((await useCases.RemoveOrphans.HandleAsync(RemovalOf("h1") with { DestroyData = ["old-1-data"] }, UseCases.Admin, Never)).Orphans);
    }

    [Fact]
    public async Task RemoveOrphans_NoOrphanNamedOrStoreOlder_ChangesNothing()
    {
        var useCases = await UseCases.OverAsync();
        await SeeOrphansAsync(useCases);

        var refusal = await UseCases.RefusalOf(() => useCases.RemoveOrphans.HandleAsync(RemovalOf("h1") with { DestroyData = ["orders-1-data"] }, UseCases.Admin, Never));
        useCases.Fleet.Later.Add(new LaterCommand(A.Host(1).Id, new Ticket(2, "lost", 40, "", 0), null));
        var older = await UseCases.RefusalOf(() => useCases.RemoveOrphans.HandleAsync(RemovalOf("h1"), UseCases.Admin, Never));

        Assert.Equal("destroy_data", Assert.Single(refusal.Violations).Path);
        Assert.Equal(ErrorReasons.ObserveOnly, older.Reason);
        Assert.Empty(await useCases.ReadAsync(reader => reader.ListLeftovers()));
    }

    private static async Task SeeOrphansAsync(UseCases useCases)
    {
        var store = await useCases.ReadAsync(reader => reader.Identity.StoreId);
        var cluster = A.Cluster(9).Ref;
        var instance = A.Instance(A.Cluster(9), A.Host()).Id;
        useCases.Fleet.See(useCases.Fleet.Host(A.Host().Id) with
        {
            Objects =
            [
                new OwnedObject(Orphan.Type.Volume, "old-1-data", store, cluster, instance, HoldsData: true),
                new OwnedObject(Orphan.Type.Volume, "old-1-config", store, cluster, instance, HoldsData: false),
                new OwnedObject(Orphan.Type.Network, "net", store, cluster, null, HoldsData: false),
                new OwnedObject(Orphan.Type.Network, "another", "another-store", cluster, null, HoldsData: false),
            ],
        });
    }

    private static RemoveOrphans RemovalOf(string id) => new() { Project = "", Id = id, DestroyData = [], RequestId = "", Reason = "" };

    private static UpdateHost UpdateOf(string id) =>
        new() { Project = "", Id = id, Etag = "", Labels = new Dictionary<string, string>(), Cordoned = null, RequestId = "" };

    private static HostIdentity Identity() => new()
    {
        HostId = A.Host().Id,
        PublicKeySha256 = "",
        Serial = "",
        Certificate = new byte[1],
        NotAfter = A.Time.AddDays(30),
        JoinTokenId = "",
        RequestId = "",
    };
}
