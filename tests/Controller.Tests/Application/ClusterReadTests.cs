using Agents.Controller.Application;
using Agents.Controller.Secrets;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

public sealed class ClusterReadTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Get_ByIdOrName_IsTheSame()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();

        Assert.Equal(cluster, (await useCases.Get.HandleAsync("", cluster.Id.ToString(), UseCases.Admin, Never)).Cluster);
        Assert.Equal(cluster, (await useCases.Get.HandleAsync("default", "demo1", UseCases.Admin, Never)).Cluster);
    }

    [Fact]
    public async Task Get_DeletedOrUnknownOrNotToBeSeen_IsNotThere()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var deleted = A.Cluster(2) with { Lifecycle = ClusterLifecycle.Deleted };
        await useCases.WriteAsync(writer => writer.AddCluster(deleted));

        Assert.Equal(ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.Get.HandleAsync("", deleted.Id.ToString(), UseCases.Admin, Never))).Reason);
        Assert.Equal(ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.Get.HandleAsync("", "none", UseCases.Admin, Never))).Reason);
        Assert.Equal(ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.Get.HandleAsync("", cluster.Id.ToString(), UseCases.ShopOperator, Never))).Reason);
    }

    [Fact]
    public async Task List_Pages_GoOnWhereTheLastEnded()
    {
        var useCases = await UseCases.OverAsync();
        foreach (var number in Enumerable.Range(1, 5))
            await useCases.AddActiveAsync(number);

        var first = await useCases.List.HandleAsync("", deleted: false, new Paging(2, ""), UseCases.Admin, Never);
        var second = await useCases.List.HandleAsync("", deleted: false, new Paging(2, first.NextToken), UseCases.Admin, Never);
        var third = await useCases.List.HandleAsync("", deleted: false, new Paging(2, second.NextToken), UseCases.Admin, Never);

        Assert.Equal(
            ["demo1", "demo2", "demo3", "demo4", "demo5"], first.Items.Concat(second.Items).Concat(third.Items).Select(view => view.Cluster.Name));
        Assert.Equal("", third.NextToken);
    }

    [Fact]
    public async Task List_LimitedToAProject_ShowsNoOther()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();

        Assert.Empty((await useCases.List.HandleAsync("", deleted: false, new Paging(0, ""), UseCases.ShopOperator, Never)).Items);
    }

    [Theory]
    [InlineData(-1, "", "page_size")]
    [InlineData(1001, "", "page_size")]
    [InlineData(0, "not a token!", "page_token")]
    public async Task List_BadPaging_IsRefused(int size, string token, string path)
    {
        var useCases = await UseCases.OverAsync();

        var refusal = await UseCases.RefusalOf(() => useCases.List.HandleAsync("", deleted: false, new Paging(size, token), UseCases.Admin, Never));

        Assert.Equal(path, Assert.Single(refusal.Violations).Path);
    }

    [Fact]
    public async Task Credentials_OfTheOwner_ConnectAndAreRecorded()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await AddWithCredentialsAsync(useCases);

        var credentials = await useCases.Credentials.HandleAsync("", cluster.Name, "", UseCases.Admin, Never);

        Assert.Equal("app", credentials.Role);
        Assert.Equal("pass word", credentials.Password);
        Assert.Equal(1, credentials.Version);
        Assert.Equal("app", credentials.Database);
        Assert.Equal("postgresql://app:pass%20word@10.0.0.1:20010/app?sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6&target_session_attrs=read-write", credentials.ConnectionString);
        Assert.Equal("-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n", credentials.CaPem);
        Assert.DoesNotContain("pass", credentials.ToString(), StringComparison.Ordinal);
        var read = Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10)));
        Assert.Equal("postgres.cluster.credentials_read", read.Event.Kind);
        Assert.Equal("""{"name":"demo1","role":"app","version":"1"}""", read.Event.Payload);
    }

    [Fact]
    public async Task Credentials_OfTheStatisticsPage_HaveNothingToConnectTo()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await AddWithCredentialsAsync(useCases);

        var credentials = await useCases.Credentials.HandleAsync("", cluster.Name, "statistics", UseCases.Admin, Never);

        Assert.Equal(("stats", "", ""), (credentials.Password, credentials.Database, credentials.ConnectionString));
    }

    [Theory]
    [InlineData("cluster-ca")]
    [InlineData("agents_replicator")]
    [InlineData("none")]
    public async Task Credentials_OfTheClustersOwnRoles_AreGivenToNoOne(string role)
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await AddWithCredentialsAsync(useCases);

        var refusal = await UseCases.RefusalOf(() => useCases.Credentials.HandleAsync("", cluster.Name, role, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.NotFound, refusal.Reason);
    }

    [Fact]
    public async Task Credentials_BeforeTheyAreMade_SayWhenTheyWillBe()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();

        var refusal = await UseCases.RefusalOf(() => useCases.Credentials.HandleAsync("", cluster.Name, "", UseCases.Admin, Never));

        Assert.Equal("the cluster \"demo1\" has no credentials yet: they are made in the first steps of its create", refusal.Message);
    }

    private static async Task<Cluster> AddWithCredentialsAsync(UseCases useCases)
    {
        var cluster = await useCases.AddActiveAsync();
        var proxy = A.Instance(cluster, A.Host(), InstanceKind.Haproxy, ordinal: 7);
        await useCases.WriteAsync(writer =>
        {
            writer.AddInstances([proxy with { Ports = proxy.Ports.Clear().Add("read_write", 20010).Add("read_only", 20011) }]);
            foreach (var (role, secret) in (ReadOnlySpan<(string, string)>)[("app", "pass word"), ("statistics", "stats"), ("agents_replicator", "x"), ("cluster-ca", Authority)])
                writer.AddCredential(CredentialSeal.Seal(useCases.Box, cluster.Ref, role, 1, secret, A.Time));
        });
        return cluster;
    }

    private const string Authority =
        "-----BEGIN PRIVATE KEY-----\nBAUG\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
}
