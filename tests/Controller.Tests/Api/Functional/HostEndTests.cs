using System.Net;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Api.Functional;

/// <summary>How hosts end: revoked, and removed.</summary>
public sealed class HostEndTests : IAsyncLifetime
{
    private readonly RunningController _controller = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _controller.InitializeAsync();
        await _controller.WriteAsync(writer => writer.AddIdentity(new HostIdentity
        {
            HostId = A.Host().Id,
            PublicKeySha256 = "key",
            Serial = "0a",
            Certificate = new byte[] { 7 },
            NotAfter = A.Time.AddDays(30),
            JoinTokenId = "token-1",
            RequestId = "request",
        }));
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Revoke_Host_SaysWhoseSecretsItHeldAndStaysRevoked()
    {
        var cluster = A.Cluster();
        await _controller.WriteAsync(writer =>
        {
            writer.AddCluster(cluster);
            writer.AddInstances([A.Instance(cluster, A.Host())]);
        });

        var (status, host) = await _controller.JsonAsync("POST", "/api/v1/hosts/h1/revoke", """{"reason":"stolen"}""");
        var (_, again) = await _controller.JsonAsync("POST", "/api/v1/hosts/h1/revoke", "{}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(cluster.Name, (string)host["warnings"]![0]!, StringComparison.Ordinal);
        Assert.Equal((string)host["revoked_at"]!, (string)again["revoked_at"]!);
        Assert.NotNull((await _controller.Store.ReadAsync(reader => reader.FindIdentity(A.Host().Id), CancellationToken.None))!.RevokedAt);
        var revocation = Assert.Single(await EventsAsync(), stored => stored.Event.Kind == "host.revoked");
        Assert.Equal("stolen", revocation.Event.Origin.Reason);
    }

    [Fact]
    public async Task Remove_LinkedHost_IsRefused()
    {
        var (status, problem) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1");

        Assert.Equal((HttpStatusCode.Conflict, ErrorReasons.HostLinked), (status, (string)problem["reason"]!));
    }

    [Fact]
    public async Task Remove_RevokedHost_FreesItsName()
    {
        await _controller.JsonAsync("POST", "/api/v1/hosts/h1/revoke", "{}");

        var (status, _) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(await _controller.Store.ReadAsync(reader => reader.FindIdentity(A.Host().Id), CancellationToken.None));
        await _controller.WriteAsync(writer => writer.AddHost(A.Host(9) with { Name = "h1" }));
    }

    [Fact]
    public async Task Remove_HostWithInstances_NeedsItsNameOnceMoreAndTakesThemAlong()
    {
        var cluster = A.Cluster();
        var instance = A.Instance(cluster, A.Host());
        await _controller.WriteAsync(writer =>
        {
            writer.AddCluster(cluster);
            writer.AddInstances([instance]);
        });
        await _controller.JsonAsync("POST", "/api/v1/hosts/h1/revoke", "{}");

        var (refused, problem) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1");
        var (other, _) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1?force=h2");
        var (removed, answer) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1?force=h1");

        Assert.Equal((HttpStatusCode.Conflict, ErrorReasons.HostInUse), (refused, (string)problem["reason"]!));
        Assert.Equal(HttpStatusCode.Conflict, other);
        Assert.Equal(HttpStatusCode.OK, removed);
        Assert.Equal(instance.Member, (string)answer["left_behind"]![0]!);
        Assert.Empty(await _controller.Store.ReadAsync(reader => reader.ListInstances(), CancellationToken.None));
        Assert.Single(await EventsAsync(), stored => stored.Event.Kind == "host.removed");
    }

    [Fact]
    public async Task Remove_HostWithDataOfADeletedCluster_SaysWhoLosesItAndTellsOfTheLastCopy()
    {
        var cluster = A.Cluster() with { Lifecycle = ClusterLifecycle.Deleted, DeletedAt = A.Time };
        var node = A.Instance(cluster, A.Host());
        await _controller.WriteAsync(writer =>
        {
            writer.AddCluster(cluster with { Trash = new Trash { Instances = [node], Nodes = [], PurgeAt = A.Time.AddDays(7), IsCounted = true } });
            writer.AddLeftover(new Leftover
            {
                HostId = node.HostId,
                Owner = cluster.Ref,
                OwnerGeneration = 1,
                InstanceId = node.Id,
                Generation = 1,
                Kind = LeftoverKind.Volume,
                Name = node.DataVolume,
                NotBefore = A.Time.AddDays(7),
                DestroyData = true,
                OperationId = A.Operation().Id,
            });
        });
        await _controller.JsonAsync("POST", "/api/v1/hosts/h1/revoke", "{}");

        var (refused, problem) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1");
        var (removed, _) = await _controller.JsonAsync("DELETE", "/api/v1/hosts/h1?force=h1");
        var (_, listed) = await _controller.JsonAsync("GET", "/api/v1/postgres/clusters?deleted=true");
        var (undelete, _) = await _controller.JsonAsync("POST", $"/api/v1/postgres/clusters/{cluster.Id}/undelete", "{}");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (refused, removed));
        Assert.Contains($"data of the deleted cluster {cluster.Name} ({cluster.Id}), which its primary had", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains("went with host h1", (string)listed["clusters"]![0]!["trash"]!["gone"]!, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(), stored => stored.Event.Kind == "postgres.cluster.data_lost");
        Assert.Equal(HttpStatusCode.Conflict, undelete);
    }

    private Task<IReadOnlyList<StoredEvent>> EventsAsync() => _controller.Store.ReadAsync(reader => reader.ListEvents(0, 100), CancellationToken.None);
}
