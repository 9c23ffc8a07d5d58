using Agents.Controller.Application;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

public sealed class OperationHandlerTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task List_Paged_NewestFirst()
    {
        var useCases = await WithOperationsAsync(3);

        var first = await useCases.ListOperations.HandleAsync("", "", new Paging(2, ""), UseCases.Admin, Never);
        var second = await useCases.ListOperations.HandleAsync("", "", new Paging(2, first.NextToken), UseCases.Admin, Never);

        Assert.Equal([A.Operation(3).Id, A.Operation(2).Id], first.Items.Select(operation => operation.Id));
        Assert.Equal([A.Operation(1).Id], second.Items.Select(operation => operation.Id));
        Assert.Equal("", second.NextToken);
    }

    [Fact]
    public async Task List_OfAResource_AndBadArguments()
    {
        var useCases = await WithOperationsAsync(1);

        Assert.Single((await useCases.ListOperations.HandleAsync("", A.Cluster().Id.ToString(), new Paging(0, ""), UseCases.Admin, Never)).Items);
        Assert.Empty((await useCases.ListOperations.HandleAsync("", A.Cluster(2).Id.ToString(), new Paging(0, ""), UseCases.Admin, Never)).Items);
        Assert.Equal("resource_id", (await UseCases.RefusalOf(() => useCases.ListOperations.HandleAsync("", "x", new Paging(0, ""), UseCases.Admin, Never))).Violations[0].Path);
        Assert.Equal("page_token", (await UseCases.RefusalOf(() => useCases.ListOperations.HandleAsync("", "", new Paging(0, "eA"), UseCases.Admin, Never))).Violations[0].Path);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("00000000-0000-4000-8000-000000000099")]
    public async Task Get_Unknown_IsNotThere(string id)
    {
        var useCases = await WithOperationsAsync(1);

        Assert.Equal(ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.GetOperation.HandleAsync(id, UseCases.Admin, Never))).Reason);
        Assert.Equal(ErrorReasons.NotFound, (await UseCases.RefusalOf(() => useCases.GetOperation.HandleAsync(A.Operation().Id.ToString(), UseCases.ShopOperator, Never))).Reason);
    }

    [Fact]
    public async Task Cancel_BeforeBootstrap_IsAskedForOnce()
    {
        var useCases = await WithOperationsAsync(1);
        var id = A.Operation().Id.ToString();

        var first = await useCases.CancelOperation.HandleAsync(id, UseCases.Admin, Never);
        var second = await useCases.CancelOperation.HandleAsync(id, UseCases.Admin, Never);

        Assert.True(first.CancelRequested);
        Assert.Equal(first.Sequence, second.Sequence);
        Assert.Equal("postgres.cluster.create.cancel_requested", Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10))).Event.Kind);
    }

    [Fact]
    public async Task Cancel_AfterBootstrapOrEnd_IsRefused()
    {
        var useCases = await WithOperationsAsync(2);
        var past = Steps(A.Operation(1), bootstrapped: true) with { State = OperationState.Running };
        var ended = Steps(A.Operation(2), bootstrapped: true) with { State = OperationState.Succeeded };
        await useCases.WriteAsync(writer =>
        {
            writer.UpdateOperation(past);
            writer.UpdateOperation(ended);
        });

        var first = await UseCases.RefusalOf(() => useCases.CancelOperation.HandleAsync(past.Id.ToString(), UseCases.Admin, Never));
        var second = await UseCases.RefusalOf(() => useCases.CancelOperation.HandleAsync(ended.Id.ToString(), UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.NotCancellable, first.Reason);
        Assert.Contains("past the point where it can be cancelled", first.Message, StringComparison.Ordinal);
        Assert.Contains("has ended already", second.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OperationState.Succeeded)]
    [InlineData(OperationState.SucceededPendingHosts)]
    internal async Task Watch_UntilTheEnd_ShowsEveryChangeThatIsNudged(OperationState end)
    {
        var useCases = await WithOperationsAsync(1);
        var id = A.Operation().Id.ToString();
        await using var changes = useCases.WatchOperation.HandleAsync(id, UseCases.Admin, Never).GetAsyncEnumerator(Never);

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(OperationState.Pending, changes.Current.State);

        var next = changes.MoveNextAsync().AsTask();
        await useCases.WriteAsync(writer => writer.UpdateOperation(A.Operation() with { State = end }));
        useCases.Nudge.Nudge();

        Assert.True(await next.DefaultTimeout());
        Assert.Equal(end, changes.Current.State);
        Assert.False(await changes.MoveNextAsync().AsTask().DefaultTimeout());
    }

    [Fact]
    public async Task Watch_NobodyNudges_SeesAChangeAfterItsPeriod()
    {
        var useCases = await WithOperationsAsync(1);
        await using var changes = useCases.WatchOperation.HandleAsync(A.Operation().Id.ToString(), UseCases.Admin, Never).GetAsyncEnumerator(Never);
        await changes.MoveNextAsync();
        var next = changes.MoveNextAsync().AsTask();
        await useCases.WriteAsync(writer => writer.UpdateOperation(A.Operation() with { State = OperationState.Failed }));

        useCases.Clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.True(await next.DefaultTimeout());
    }

    [Fact]
    public async Task Wait_LimitOver_GivesTheOperationAsItIs()
    {
        var useCases = await WithOperationsAsync(1);
        var wait = useCases.WaitForOperation.HandleAsync(A.Operation(), TimeSpan.FromSeconds(1), UseCases.Admin, Never);

        useCases.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(OperationState.Pending, (await wait.DefaultTimeout()).State);
    }

    [Fact]
    public async Task Wait_EndComes_GivesTheEnd()
    {
        var useCases = await WithOperationsAsync(1);
        var wait = useCases.WaitForOperation.HandleAsync(A.Operation(), TimeSpan.FromSeconds(60), UseCases.Admin, Never);
        await useCases.WriteAsync(writer => writer.UpdateOperation(A.Operation() with { State = OperationState.Cancelled }));

        useCases.Nudge.Nudge();

        Assert.Equal(OperationState.Cancelled, (await wait.DefaultTimeout()).State);
    }

    [Fact]
    public async Task Wait_CallerGoesAway_IsCancelled()
    {
        var useCases = await WithOperationsAsync(1);
        using var source = new CancellationTokenSource();
        var wait = useCases.WaitForOperation.HandleAsync(A.Operation(), TimeSpan.FromSeconds(60), UseCases.Admin, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.DefaultTimeout());
    }

    private static Operation Steps(Operation operation, bool bootstrapped) => operation with
    {
        Steps = [.. Domain.Planning.OperationSteps.Of(operation.Kind, Engine.Patroni).Select(step => step with { State = bootstrapped ? OperationState.Succeeded : OperationState.Pending })],
    };

    private static async Task<UseCases> WithOperationsAsync(int count)
    {
        var useCases = await UseCases.OverAsync();
        await useCases.WriteAsync(writer =>
        {
            foreach (var number in Enumerable.Range(1, count))
                writer.AddOperation(Steps(A.Operation(number), bootstrapped: false));
        });
        return useCases;
    }
}
