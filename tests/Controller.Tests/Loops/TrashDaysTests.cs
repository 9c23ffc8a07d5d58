using Agents.Controller.Loops;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Loops;

/// <summary>When the days of the trash begin.</summary>
public sealed class TrashDaysTests
{
    private readonly InMemoryStore _store = new();
    private readonly FleetView _fleet = new();
    private readonly Cluster _cluster = A.Cluster() with { Lifecycle = ClusterLifecycle.Deleted, DeletedAt = A.Time.AddDays(-9) };

    [Fact]
    public async Task Begin_ClocksAgree_CountsFromNow()
    {
        await KeepAsync();
        See(TimeSpan.Zero);

        await BeginAsync();

        var trash = (await _store.ReadAsync(reader => reader.FindCluster(_cluster.Id), CancellationToken.None))!.Trash!;
        Assert.Equal((A.Time.AddDays(7), true), (trash.PurgeAt, trash.IsCounted));
        Assert.Equal(A.Time.AddDays(7), await NotBeforeAsync());
    }

    [Theory]
    [InlineData(8.0, "differs")]
    [InlineData(-8.0, "differs")]
    [InlineData(null, "no host that holds the data")]
    public async Task Begin_ClockCannotBeTrusted_WaitsAndSaysSo(double? daysAhead, string because)
    {
        await KeepAsync();
        if (daysAhead is { } days)
            See(TimeSpan.FromDays(days));

        await BeginAsync();

        Assert.Equal(A.Time.AddDays(-2), await NotBeforeAsync());
        Assert.Contains(because, _fleet.TroubleOf(A.Host().Id, A.Instance(_cluster, A.Host()).DataVolume), StringComparison.Ordinal);
    }

    private Task BeginAsync()
    {
        var clock = A.Clock();
        return new TrashDays(_store, _fleet, new PurgeClock(_fleet, clock), clock).CountAsync(CancellationToken.None);
    }

    private Task<DateTimeOffset> NotBeforeAsync() => _store.ReadAsync(reader => Assert.Single(reader.ListLeftovers()).NotBefore, CancellationToken.None);

    private void See(TimeSpan offset) => _fleet.Update(A.Host().Id, seen => seen with { IsCurrent = true, Facts = A.Facts() with { ClockOffset = offset } });

    /// <summary>Deleted by a clock that was nine days behind.</summary>
    private Task KeepAsync() => _store.WriteAsync(
        writer =>
        {
            var node = A.Instance(_cluster, A.Host());
            writer.AddCluster(_cluster with { Trash = new Trash { Instances = [node], Nodes = [], PurgeAt = A.Time.AddDays(-2) } });
            writer.AddLeftover(new Leftover
            {
                HostId = node.HostId,
                Owner = _cluster.Ref,
                OwnerGeneration = 1,
                InstanceId = node.Id,
                Generation = 1,
                Kind = LeftoverKind.Volume,
                Name = node.DataVolume,
                NotBefore = A.Time.AddDays(-2),
                DestroyData = true,
                OperationId = A.Operation().Id,
            });
            return true;
        },
        CancellationToken.None);
}
