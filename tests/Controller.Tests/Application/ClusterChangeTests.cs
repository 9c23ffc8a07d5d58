using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;

namespace Agents.Controller.Tests.Application;

public sealed class ClusterChangeTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Update_LabelsAndProtection_RaisesTheGenerationAndSaysSo()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var update = UseCases.UpdateOf("demo1") with { Etag = "1", Labels = new Dictionary<string, string> { ["team"] = "a" }, Spec = new PostgresClusterSpec { DeletionProtection = true } };

        var changed = (await useCases.Update.HandleAsync(update, UseCases.Admin, Never)).Cluster;

        Assert.Equal(2, changed.Generation);
        Assert.Equal("a", changed.Labels.Values["team"]);
        Assert.True(changed.Spec.DeletionProtection);
        Assert.True(changed.Effective.DeletionProtection);
        Assert.Equal(changed, await useCases.ReadAsync(reader => reader.FindCluster(cluster.Id)));
        Assert.Equal("postgres.cluster.updated", Assert.Single(await useCases.ReadAsync(reader => reader.ListEvents(0, 10))).Event.Kind);
    }

    [Fact]
    public async Task Update_EmptyLabel_RemovesIt()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();
        await useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } }, UseCases.Admin, Never);

        var changed = await useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Labels = new Dictionary<string, string> { ["a"] = "" } }, UseCases.Admin, Never);

        Assert.Equal(["b"], changed.Cluster.Labels.Values.Keys);
    }

    [Fact]
    public async Task Update_NothingNew_ChangesNothing()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();

        var same = await useCases.Update.HandleAsync(UseCases.UpdateOf("demo1"), UseCases.Admin, Never);

        Assert.Equal(1, same.Cluster.Generation);
        Assert.Empty(await useCases.ReadAsync(reader => reader.ListEvents(0, 10)));
    }

    [Fact]
    public async Task Update_OldEtag_IsRefusedWithTheCurrentOne()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();

        var refusal = await UseCases.RefusalOf(() => useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Etag = "0", Spec = new PostgresClusterSpec { DeletionProtection = true } }, UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.EtagMismatch, refusal.Reason);
        Assert.Equal("1", refusal.Metadata["etag"]);
    }

    [Fact]
    public async Task Update_RepeatedWithItsOldEtag_IsAnsweredAgain()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();
        var update = UseCases.UpdateOf("demo1") with { Etag = "1", Spec = new PostgresClusterSpec { DeletionProtection = true }, RequestId = "u1" };
        await useCases.Update.HandleAsync(update, UseCases.Admin, Never);

        var again = await useCases.Update.HandleAsync(update, UseCases.Admin, Never);

        Assert.Equal(2, again.Cluster.Generation);
    }

    [Fact]
    public async Task Update_TooManyLabels_IsRefused()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();
        await useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Labels = LabelsOf('a', 40) }, UseCases.Admin, Never);

        var refusal = await UseCases.RefusalOf(() => useCases.Update.HandleAsync(UseCases.UpdateOf("demo1") with { Labels = LabelsOf('b', 40) }, UseCases.Admin, Never));

        Assert.Equal("use at most 64 labels", Assert.Single(refusal.Violations).Message);
    }

    [Theory]
    [InlineData(false, """{"purge":false}""")]
    [InlineData(true, """{"purge":true}""")]
    public async Task Delete_Unprotected_WritesTombstoneAndOperationInOneTransaction(bool purge, string arguments)
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var commits = useCases.Store.CommitCount;

        var operation = await useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1") with { Purge = purge, Reason = "done" }, UseCases.Admin, Never);

        Assert.Equal(commits + 1, useCases.Store.CommitCount);
        var tombstone = (await useCases.ReadAsync(reader => reader.FindCluster(cluster.Id)))!;
        Assert.Equal((ClusterLifecycle.Deleting, operation.Id, 2), (tombstone.Lifecycle, tombstone.HeldBy!.Value, tombstone.Generation));
        Assert.Equal(arguments, operation.Arguments);
        Assert.Equal("done", operation.Origin.Reason);
        Assert.Equal("stop proxies", operation.Steps[0].Name);
    }

    [Fact]
    public async Task Delete_Protected_SaysHowToTurnItOff()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.WriteAsync(writer => writer.AddCluster(A.Cluster()));

        var refusal = await UseCases.RefusalOf(() => useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1"), UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.DeletionProtected, refusal.Reason);
        Assert.Contains("set spec.deletion_protection to false first", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusterLifecycle.Creating, "is being created by operation")]
    [InlineData(ClusterLifecycle.Deleting, "holds the cluster \"demo1\": wait for its end")]
    internal async Task Delete_HeldByAnOperation_NamesItAndSaysWhatToDo(ClusterLifecycle lifecycle, string words)
    {
        var useCases = await UseCases.OverAsync();
        var holder = A.Operation().Id;
        await useCases.WriteAsync(writer => writer.AddCluster(A.Cluster() with { Lifecycle = lifecycle, HeldBy = holder }));

        var refusal = await UseCases.RefusalOf(() => useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1"), UseCases.Admin, Never));

        Assert.Equal(ErrorReasons.OperationInProgress, refusal.Reason);
        Assert.Equal(holder.ToString(), refusal.Metadata["operation_id"]);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_RepeatedAfterItsEnd_IsAnsweredAgain()
    {
        var useCases = await UseCases.OverAsync();
        var cluster = await useCases.AddActiveAsync();
        var delete = UseCases.DeleteOf("demo1") with { RequestId = "d1" };
        var first = await useCases.Delete.HandleAsync(delete, UseCases.Admin, Never);
        await useCases.WriteAsync(writer => writer.UpdateCluster(cluster with { Lifecycle = ClusterLifecycle.Deleted, Generation = 3 }, 2));

        Assert.Equal(first.Id, (await useCases.Delete.HandleAsync(delete, UseCases.Admin, Never)).Id);
    }

    [Fact]
    public async Task Delete_OldEtag_IsRefused()
    {
        var useCases = await UseCases.OverAsync();
        await useCases.AddActiveAsync();

        Assert.Equal(ErrorReasons.EtagMismatch, (await UseCases.RefusalOf(() => useCases.Delete.HandleAsync(UseCases.DeleteOf("demo1") with { Etag = "9" }, UseCases.Admin, Never))).Reason);
    }

    private static Dictionary<string, string> LabelsOf(char prefix, int count) => Enumerable.Range(0, count).ToDictionary(number => $"{prefix}{number}", _ => "x");
}
