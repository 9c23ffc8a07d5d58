using System.Text.Json;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Specs;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>What every implementation of <see cref="IStore"/> does; run against each of them and against the fake.</summary>
public abstract partial class StoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>The store under test, empty.</summary>
    internal abstract IStore Store { get; }

    [Fact]
    public async Task Identity_NewStore_HasAnId() => Assert.True(Guid.TryParse(await Read(reader => reader.Identity.StoreId), out _));

    [Fact]
    public async Task AddHost_Then_IsFoundByIdAndName()
    {
        var host = A.Host() with { Cordoned = true, EnrolledAt = A.Time.AddTicks(1234567) };

        await Write(writer => writer.AddHost(host));

        Assert.Equal(host, await Read(reader => reader.FindHost(host.Id)));
        Assert.Equal(host, await Read(reader => reader.FindHost("default", "h1")));
        Assert.Null(await Read(reader => reader.FindHost("other", "h1")));
        Assert.Null(await Read(reader => reader.FindHost(A.Host(9).Id)));
    }

    [Fact]
    public async Task AddHost_NameTaken_ThrowsAndWritesNothing()
    {
        await Write(writer => writer.AddHost(A.Host()));

        var refused = await Assert.ThrowsAsync<NameTakenException>(() => Write(writer => writer.AddHost(A.Host(2) with { Name = "h1" })));

        Assert.Equal("a host named \"h1\" exists in this project", refused.Message);
        Assert.Single(await Read(reader => reader.ListHosts(null)));
    }

    [Fact]
    public async Task ListHosts_SeveralProjects_OrdersByProjectAndName()
    {
        await Write(writer =>
        {
            writer.AddHost(A.Host(2));
            writer.AddHost(A.Host(1));
            writer.AddHost(A.Host(3) with { Project = "aaa" });
        });

        Assert.Equal(["h3", "h1", "h2"], (await Read(reader => reader.ListHosts(null))).Select(host => host.Name));
        Assert.Equal(["h1", "h2"], (await Read(reader => reader.ListHosts("default"))).Select(host => host.Name));
    }

    [Fact]
    public async Task UpdateHost_ExpectedGeneration_DecidesWhetherItIsReplaced()
    {
        var host = A.Host();
        await Write(writer => writer.AddHost(host));
        var changed = host with { Labels = new LabelSet([new("zone", "b")]), Generation = 2 };

        var stale = await Write(writer => writer.UpdateHost(changed, expectedGeneration: 7));
        var current = await Write(writer => writer.UpdateHost(changed, expectedGeneration: 1));

        Assert.False(stale);
        Assert.True(current);
        Assert.Equal(changed, await Read(reader => reader.FindHost(host.Id)));
    }

    [Fact]
    public async Task AddCluster_EverythingSaid_IsReadBackTheSame()
    {
        var spec = new PostgresClusterSpec
        {
            Engine = Engine.PgAutoFailover,
            PostgresVersion = "17",
            NodeCount = 2,
            Durability = Durability.Strict,
            Bootstrap = new BootstrapSpec { Database = "shop", Owner = "shop_owner", Encoding = "UTF8", Locale = "C" },
            ProxyCount = 1,
            Placement = new PlacementSpec { Strict = false, HostLabels = new LabelSet([new("disk", "nvme")]) },
            Resources = new ResourcesSpec { MemoryBytes = 1 << 30, CpuMilli = 1500, DiskBytes = 2L << 30 },
            DeletionProtection = false,
        };
        var cluster = A.Cluster() with { Spec = spec, Effective = SpecDefaults.Apply(spec, 3), HeldBy = A.Operation().Id, OwnerGeneration = 7, Labels = new LabelSet([new("team", "ü \"x\"")]) };

        await Write(writer => writer.AddCluster(cluster));

        Assert.Equal(cluster, await Read(reader => reader.FindCluster(cluster.Id)));
        Assert.Equal(cluster, await Read(reader => reader.FindCluster("default", "demo1")));
    }

    [Fact]
    public async Task AddCluster_NothingSaid_IsReadBackTheSame()
    {
        var cluster = A.Cluster() with { Spec = new PostgresClusterSpec() };

        await Write(writer => writer.AddCluster(cluster));

        Assert.Equal(cluster, await Read(reader => reader.FindCluster(cluster.Id)));
    }

    [Fact]
    public async Task AddCluster_NameOfADeletedOne_IsFreeAgain()
    {
        var deleted = A.Cluster() with { Lifecycle = ClusterLifecycle.Deleted };
        var second = A.Cluster(2) with { Name = deleted.Name };
        await Write(writer => writer.AddCluster(deleted));

        await Write(writer => writer.AddCluster(second));
        var refused = await Assert.ThrowsAsync<NameTakenException>(() => Write(writer => writer.AddCluster(A.Cluster(3) with { Name = deleted.Name })));

        Assert.Equal("cluster", refused.Kind);
        Assert.Equal([second], await Read(reader => reader.ListClusters("default")));
        Assert.Equal(deleted, await Read(reader => reader.FindCluster(deleted.Id)));
    }

    [Fact]
    public async Task UpdateCluster_ExpectedGeneration_DecidesWhetherItIsReplaced()
    {
        var cluster = A.Cluster();
        await Write(writer => writer.AddCluster(cluster));
        var changed = cluster with { Generation = 2, Lifecycle = ClusterLifecycle.Deleting, NextOrdinal = 8 };

        Assert.False(await Write(writer => writer.UpdateCluster(changed, expectedGeneration: 2)));
        Assert.True(await Write(writer => writer.UpdateCluster(changed, expectedGeneration: 1)));
        Assert.Equal(changed, await Read(reader => reader.FindCluster(cluster.Id)));
    }

    [Fact]
    public async Task AddOperation_EverythingSaid_IsReadBackTheSame()
    {
        var operation = A.Operation() with
        {
            State = OperationState.SucceededPendingHosts,
            Steps = [new OperationStep { Name = "remove", State = OperationState.Undoing, Message = "m", StartedAt = A.Time, EndedAt = A.Time.AddSeconds(1) }],
            Error = new OperationError("PORT_BLOCKED", "open the port"),
            CancelRequested = true,
            Warnings = ["h1 is away"],
            EndedAt = A.Time,
            Arguments = """{"purge":true}""",
        };

        var added = await Write(writer => writer.AddOperation(operation));

        Assert.Equal(1, added.Sequence);
        AssertSame(added, await Read(reader => reader.FindOperation(operation.Id)));
        Assert.Null(await Read(reader => reader.FindOperation(A.Operation(9).Id)));
    }

    [Fact]
    public async Task UpdateOperation_Repeated_SequencesRiseAcrossOperations()
    {
        var first = await Write(writer => writer.AddOperation(A.Operation(1)));
        var second = await Write(writer => writer.AddOperation(A.Operation(2)));

        var updated = await Write(writer => writer.UpdateOperation(first with { State = OperationState.Running, CancelRequested = true }));

        Assert.Equal([1, 2, 3], [first.Sequence, second.Sequence, updated.Sequence]);
        AssertSame(updated, await Read(reader => reader.FindOperation(first.Id)));
        Assert.Equal(3, await Read(reader => reader.LastOperationSequence));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateOperation(A.Operation(9))));
    }

    [Fact]
    public async Task ListOperations_Filtered_NewestFirstAndPaged()
    {
        var other = A.Cluster(2) with { Project = "other" };
        await Write(writer =>
        {
            foreach (var number in (ReadOnlySpan<int>)[2, 1, 4, 3])
                writer.AddOperation(A.Operation(number, number == 3 ? other : null));
        });

        Assert.Equal([4, 3, 2, 1], await Numbers(new OperationFilter(null, null, null, 10)));
        Assert.Equal([4, 2, 1], await Numbers(new OperationFilter("default", null, null, 10)));
        Assert.Equal([3], await Numbers(new OperationFilter(null, other.Id.Value, null, 10)));
        Assert.Equal([3, 2], await Numbers(new OperationFilter(null, null, A.Operation(4).Id, 2)));
    }

    [Fact]
    public async Task ListOpenOperations_SomeDone_OldestFirstWithoutThem()
    {
        await Write(writer =>
        {
            writer.AddOperation(A.Operation(3));
            writer.AddOperation(A.Operation(1) with { State = OperationState.SucceededPendingHosts });
            writer.AddOperation(A.Operation(2) with { State = OperationState.Failed });
        });

        Assert.Equal([1, 3], (await Read(reader => reader.ListOpenOperations())).Select(Number));
    }

    [Fact]
    public async Task AddImageSet_Again_KeepsTheFirstAndRefusesOtherImages()
    {
        await Write(writer =>
        {
            writer.AddImageSet(A.ImageSet("17-1"));
            writer.AddImageSet(A.ImageSet("17-2"));
            writer.AddImageSet(A.ImageSet("17-1"));
        });

        Assert.Equal(["17-2", "17-1"], (await Read(reader => reader.ListImageSets())).Select(imageSet => imageSet.Version));
        AssertSame(A.ImageSet(), await Read(reader => reader.FindImageSet("17-1")));
        Assert.Null(await Read(reader => reader.FindImageSet("none")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.AddImageSet(A.ImageSet("17-1") with { Images = [] })));
    }

    [Fact]
    public async Task AddLeftover_Twice_IsOnceUntilRemoved()
    {
        var volume = Leftover(LeftoverKind.Volume, "v") with { NotBefore = A.Time.AddDays(7) };
        var network = Leftover(LeftoverKind.Network, "n") with { InstanceId = null };
        await Write(writer =>
        {
            writer.AddLeftover(volume);
            writer.AddLeftover(network);
            writer.AddLeftover(volume with { Generation = 99 });
        });

        Assert.Equal([network, volume], await Read(reader => reader.ListLeftovers()));

        await Write(writer => writer.RemoveLeftover(volume));
        Assert.Equal([network], await Read(reader => reader.ListLeftovers()));
    }

    [Fact]
    public async Task AddEvent_Several_AreListedInOrderAfterASequence()
    {
        await Write(writer =>
        {
            foreach (var kind in (ReadOnlySpan<string>)["a", "b", "c"])
                writer.AddEvent(new NewEvent(kind, "default", "id", A.Origin, "{}", A.Time));
        });

        var all = await Read(reader => reader.ListEvents(0, 10));
        Assert.Equal(["a", "b", "c"], all.Select(stored => stored.Event.Kind));
        Assert.Equal([all[1]], await Read(reader => reader.ListEvents(all[0].Sequence, 1)));
    }

    [Fact]
    public async Task AddUserToken_Then_IsFoundByItsHashAndItsNameIsTaken()
    {
        var token = Token(1) with { Project = "shop", ExpiresAt = A.Time.AddDays(1) };
        await Write(writer => writer.AddUserToken(token));

        Assert.Equal(token, await Read(reader => reader.FindUserToken(token.SecretSha256)));
        Assert.Null(await Read(reader => reader.FindUserToken("none")));
        await Assert.ThrowsAsync<NameTakenException>(() => Write(writer => writer.AddUserToken(Token(2))));
    }

    [Fact]
    public async Task UpdateUserToken_Revoked_FreesItsName()
    {
        var revoked = Token(1) with { RevokedAt = A.Time };
        await Write(writer =>
        {
            writer.AddUserToken(Token(1));
            writer.UpdateUserToken(revoked);
            writer.AddUserToken(Token(2));
        });

        Assert.Equal([revoked, Token(2)], await Read(reader => reader.ListUserTokens()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateUserToken(Token(3))));
    }

    [Fact]
    public async Task Write_WorkThrows_NothingIsStored()
    {
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => Write<int>(writer =>
        {
            writer.AddHost(A.Host());
            throw new TimeZoneNotFoundException();
        }));

        Assert.Empty(await Read(reader => reader.ListHosts(null)));
    }

    [Fact]
    public async Task Write_WithinOneTransaction_ReadsWhatItWrote()
    {
        var found = await Write(writer =>
        {
            writer.AddHost(A.Host());
            return writer.FindHost(A.Host().Id);
        });

        Assert.Equal(A.Host(), found);
    }

    [Fact]
    public async Task ReadOrWrite_CallerGaveUp_IsCancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(reader => reader.Identity, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync(writer => writer.TakeEpoch(0, "x"), source.Token));
        Assert.Equal(0, await Read(reader => reader.Identity.Epoch));
    }

    private static UserToken Token(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Name = "ann",
        SecretSha256 = $"{number}",
        Role = UserRole.Operator,
        CreatedAt = A.Time.AddSeconds(number),
    };

    // Records that hold collections are equal when their content is.
    private static void AssertSame<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private static void AssertSame<T>(IEnumerable<T> expected, IReadOnlyList<T> actual) => AssertSame((IReadOnlyList<T>)[.. expected], actual);

    private static int Number(Operation operation) => (int)(operation.CreatedAt - A.Time).TotalSeconds;

    private async Task<IEnumerable<int>> Numbers(OperationFilter filter) => (await Read(reader => reader.ListOperations(filter))).Select(Number);

    private async Task<(Cluster Cluster, Domain.Model.Host Host)> AddClusterAndHost()
    {
        await Write(writer =>
        {
            writer.AddCluster(A.Cluster());
            writer.AddHost(A.Host());
        });
        return (A.Cluster(), A.Host());
    }

    private Task<T> Read<T>(Func<IStoreReader, T> read) => Store.ReadAsync(read, Never).DefaultTimeout();

    private Task<T> Write<T>(Func<IStoreWriter, T> write) => Store.WriteAsync(write, Never).DefaultTimeout();

    private Task<int> Write(Action<IStoreWriter> write) => Write(writer =>
    {
        write(writer);
        return 0;
    });
}
