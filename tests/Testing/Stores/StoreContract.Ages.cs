using Agents.Controller.Stores;
using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>What is too old to be kept.</summary>
public abstract partial class StoreContract
{
    private static readonly StoreAges _ages = new(A.Time, A.Time, A.Time, A.Time);

    [Fact]
    public async Task RemoveAged_EventsAndAnswers_GoByTheirTimeAndNoSequenceIsGivenTwice()
    {
        await Write(writer =>
        {
            foreach (var (kind, time) in new[] { ("first", A.Time.AddDays(-2)), ("second", A.Time.AddDays(-1)), ("third", A.Time) })
                writer.AddEvent(new NewEvent(kind, "default", "id", A.Origin, "{}", time));
            writer.AddIdempotentAnswer(new IdempotentAnswer("ann", "old", "hash", "resource", "operation", A.Time.AddSeconds(-1)));
            writer.AddIdempotentAnswer(new IdempotentAnswer("ann", "new", "hash", "resource", "operation", A.Time));
        });

        Assert.Equal(2, await Write(writer => writer.RemoveAged(_ages, 1)));
        Assert.Equal(["second", "third"], (await Read(reader => reader.ListEvents(0, 9))).Select(stored => stored.Event.Kind));
        Assert.Equal(1, await Write(writer => writer.RemoveAged(_ages, 9)));
        Assert.Equal(1, await Write(writer => writer.RemoveAged(_ages with { Events = A.Time.AddDays(1) }, 9)));
        await Write(writer => writer.AddEvent(new NewEvent("fourth", "default", "id", A.Origin, "{}", A.Time)));

        Assert.Equal(4, Assert.Single(await Read(reader => reader.ListEvents(0, 9))).Sequence);
        Assert.Null(await Write(writer => writer.FindIdempotentAnswer("ann", "old")));
        Assert.NotNull(await Write(writer => writer.FindIdempotentAnswer("ann", "new")));
    }

    [Fact]
    public async Task RemoveAged_Operations_KeepsTheLastOfAKnownClusterAndWhatIsAwaited()
    {
        var (known, gone, waiting) = (A.Cluster(), A.Cluster(2), A.Cluster(3));
        await Write(writer =>
        {
            writer.AddCluster(known);
            foreach (var (number, cluster) in new[] { (1, known), (2, known), (3, gone), (4, waiting) })
                writer.AddOperation(Ended(number, cluster, A.Time.AddDays(-1)));
            writer.AddOperation(Ended(5, gone, A.Time));
            writer.AddOperation(A.Operation(6, gone));
            writer.AddLeftover(Leftover(LeftoverKind.Volume, "v") with { OperationId = Ended(4, waiting, A.Time).Id });
        });

        Assert.Equal(2, await Write(writer => writer.RemoveAged(_ages, 9)));

        Assert.Equal([6, 5, 4, 2], (await Read(reader => reader.ListOperations(new OperationFilter(null, null, null, 99)))).Select(operation => (operation.CreatedAt - A.Time).Seconds));
        Assert.Equal(0, await Write(writer => writer.RemoveAged(_ages, 9)));
    }

    [Fact]
    public async Task RemoveAged_DeletedClusters_StayWhileAnythingOfThemDoes()
    {
        var deleted = Enumerable.Range(1, 6).Select(number => Deleted(number) with { Trash = null, DeletedAt = A.Time.AddDays(-1) }).ToList();
        await Write(writer =>
        {
            foreach (var cluster in deleted)
                writer.AddCluster(cluster with { DeletedAt = cluster == deleted[1] ? A.Time : cluster.DeletedAt, Trash = cluster == deleted[2] ? Deleted(3).Trash : null });
            writer.AddCluster(A.Cluster(7));
            writer.AddCluster(Deleted(9) with { DeletedAt = A.Time.AddDays(-1), Trash = Deleted(9).Trash! with { Gone = "lost" } });
            writer.AddLeftover(Leftover(LeftoverKind.Network, "n") with { Owner = deleted[3].Ref });
            writer.AddCredential(Credential(deleted[4].Ref, "app", 1, 1));
            writer.AddOperation(A.Operation(1, deleted[5]));
        });

        Assert.Equal(2, await Write(writer => writer.RemoveAged(_ages, 9)));

        Assert.Null(await Read(reader => reader.FindCluster(deleted[0].Id)));
        Assert.Null(await Read(reader => reader.FindCluster(A.Cluster(9).Id)));
        foreach (var id in deleted.Skip(1).Select(cluster => cluster.Id).Append(A.Cluster(7).Id))
            Assert.NotNull(await Read(reader => reader.FindCluster(id)));
    }

    private static Operation Ended(int number, Cluster cluster, DateTimeOffset endedAt) => A.Operation(number, cluster) with { State = OperationState.Succeeded, EndedAt = endedAt };
}
