using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.Operations;
using Agents.Controller.Observation;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Observation;
using Agents.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Controller.Tests.Application;

/// <summary>The use cases over fakes: three ready hosts and an image set, unless a test says otherwise.</summary>
internal sealed class UseCases
{
    private UseCases(InMemoryStore store)
    {
        Store = store;
        var views = new ClusterViews(Fleet, Clock);
        var hostViews = new HostViews(Fleet);
        Create = new CreatePostgresClusterHandler(store, Fleet, new ClusterPlanner(new Candidates(Fleet, new Strangers(Clock))), views, Nudge, Clock);
        Get = new GetPostgresClusterHandler(store, views);
        List = new ListPostgresClustersHandler(store, views);
        Update = new UpdatePostgresClusterHandler(store, Fleet, views, Nudge, Clock);
        Delete = new DeletePostgresClusterHandler(store, Fleet, Nudge, Clock);
        Credentials = new GetPostgresClusterCredentialsHandler(store, Box, Clock);
        GetHost = new GetHostHandler(store, hostViews);
        ListHosts = new ListHostsHandler(store, hostViews);
        UpdateHost = new UpdateHostHandler(store, Fleet, hostViews, Nudge, Clock);
        RemoveOrphans = new RemoveOrphansHandler(store, Fleet, hostViews, Nudge, Clock);
        GetOperation = new GetOperationHandler(store);
        ListOperations = new ListOperationsHandler(store);
        CancelOperation = new CancelOperationHandler(store, Fleet, Nudge, Clock);
        WatchOperation = new WatchOperationHandler(store, Nudge, Clock);
        WaitForOperation = new WaitForOperation(WatchOperation, Clock);
    }

    /// <summary>An administrator.</summary>
    public static Caller Admin { get; } = new("admin", UserRole.Admin, null, "127.0.0.1");

    /// <summary>An operator of the project "shop" alone.</summary>
    public static Caller ShopOperator { get; } = new("ann", UserRole.Operator, "shop", "10.1.1.1");

    public InMemoryStore Store { get; }

    public FakeFleet Fleet { get; } = new();

    public LocalNudge Nudge { get; } = new();

    public FakeTimeProvider Clock { get; } = A.Clock();

    public SecretBox Box { get; } = new([new SecretKey(new byte[SecretKey.Bytes])]);

    public CreatePostgresClusterHandler Create { get; }

    public GetPostgresClusterHandler Get { get; }

    public ListPostgresClustersHandler List { get; }

    public UpdatePostgresClusterHandler Update { get; }

    public DeletePostgresClusterHandler Delete { get; }

    public GetPostgresClusterCredentialsHandler Credentials { get; }

    public GetHostHandler GetHost { get; }

    public ListHostsHandler ListHosts { get; }

    public UpdateHostHandler UpdateHost { get; }

    public RemoveOrphansHandler RemoveOrphans { get; }

    public GetOperationHandler GetOperation { get; }

    public ListOperationsHandler ListOperations { get; }

    public CancelOperationHandler CancelOperation { get; }

    public WatchOperationHandler WatchOperation { get; }

    public WaitForOperation WaitForOperation { get; }

    /// <summary>The use cases over so many hosts.</summary>
    public static async Task<UseCases> OverAsync(int hostCount = 3)
    {
        var useCases = new UseCases(new InMemoryStore());
        await useCases.WriteAsync(writer =>
        {
            writer.AddImageSet(A.ImageSet());
            foreach (var number in Enumerable.Range(1, hostCount))
                writer.AddHost(A.Host(number));
        });
        foreach (var number in Enumerable.Range(1, hostCount))
            useCases.Fleet.SeeReady(A.Host(number));
        return useCases;
    }

    /// <summary>A create that says its name alone.</summary>
    public static CreatePostgresCluster Named(string name) => new()
    {
        Project = "",
        Name = name,
        Labels = LabelSet.Empty,
        Spec = new PostgresClusterSpec(),
        ValidateOnly = false,
        RequestId = "",
        Reason = "",
    };

    /// <summary>An update that changes nothing.</summary>
    public static UpdatePostgresCluster UpdateOf(string id) =>
        new() { Project = "", Id = id, Etag = "", Labels = new Dictionary<string, string>(), Spec = new PostgresClusterSpec(), Replace = false, RequestId = "" };

    /// <summary>A delete that keeps the data.</summary>
    public static DeletePostgresCluster DeleteOf(string id) => new() { Project = "", Id = id, Etag = "", Purge = false, RequestId = "", Reason = "" };

    /// <summary>A cluster that is kept as its spec says, without protection.</summary>
    public async Task<Cluster> AddActiveAsync(int number = 1)
    {
        var cluster = A.Cluster(number);
        cluster = cluster with { Effective = cluster.Effective with { DeletionProtection = false } };
        await WriteAsync(writer => writer.AddCluster(cluster));
        return cluster;
    }

    /// <summary>Reads the store.</summary>
    public Task<T> ReadAsync<T>(Func<IStoreReader, T> read) => Store.ReadAsync(read, CancellationToken.None);

    /// <summary>Writes the store.</summary>
    public Task<bool> WriteAsync(Action<IStoreWriter> write) => Store.WriteAsync(
        writer =>
        {
            write(writer);
            return true;
        },
        CancellationToken.None);

    /// <summary>The refusal that a call ends with.</summary>
    public static async Task<Refusal> RefusalOf(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Refusal;
}
