using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>What the engine has written down and the operations that brought it about are put together.</summary>
public sealed class FailoverHistoryTests
{
    private static readonly Instance[] s_nodes = [.. Enumerable.Range(1, 3).Select(number => A.Instance(A.Cluster(), A.Host(number), InstanceKind.Postgres, number))];

    [Fact]
    public void Of_FailoverThatTheEngineHasWrittenDown_IsOneEntryWithBoth()
    {
        var operation = Failover(1, timeline: 3, OperationState.Succeeded);

        var entry = Assert.Single(Of([Change(4, s_nodes[1])], [operation]));

        Assert.Equal((s_nodes[0].Member, s_nodes[1].Member, 4, "0/4", A.Time.AddMinutes(1)), (entry.From, entry.To, entry.Timeline, entry.Lsn, entry.At));
        Assert.Equal((operation, TimeSpan.FromSeconds(1), "nothing of it is left; it leads no more; another takes writes"), (entry.Operation, entry.Took, entry.Evidence));
    }

    [Fact]
    public void Of_EngineHasNotWrittenItDownYet_IsTheOperationAlone()
    {
        var entry = Assert.Single(Of([], [Failover(1, timeline: 3, OperationState.Succeeded)]));

        Assert.Equal((s_nodes[0].Member, "", 0, A.Time.AddMinutes(1)), (entry.From, entry.To, entry.Timeline, entry.At));
    }

    [Fact]
    public void Of_TryThatChangedNothing_ExplainsNoChange()
    {
        var failed = Failover(1, timeline: 3, OperationState.Failed);
        failed = failed with { Steps = failed.Steps.SetItem(1, failed.Steps[1] with { State = OperationState.Failed }) };

        var entries = Of([Change(3, s_nodes[0]), Change(4, s_nodes[1])], [failed]);

        Assert.Equal([(4, s_nodes[0].Member, null), (3, "", null), (0, s_nodes[0].Member, failed)], entries.Select(entry => (entry.Timeline, entry.From, entry.Operation)));
        Assert.Null(entries[2].Took);
    }

    [Fact]
    public void Of_ChangesOfTheEnginesOwn_AreNobodysOperation()
    {
        var entries = Of([Change(2, s_nodes[1]), Change(3, s_nodes[2])], []);

        Assert.Equal([(3, s_nodes[1].Member, s_nodes[2].Member), (2, s_nodes[0].Member, s_nodes[1].Member)], entries.Select(entry => (entry.Timeline, entry.From, entry.To)));
        Assert.All(entries, entry => Assert.Null(entry.Operation));
    }

    [Fact]
    public void Of_TwoOperationsOfOneTimeline_TheFirstThatWasDoneHasTheChange()
    {
        var (failed, done, late) = (Switchover(1, 3, OperationState.Failed), Switchover(2, 3, OperationState.Succeeded), Switchover(3, 3, OperationState.Succeeded));

        var entries = Of([Change(4, s_nodes[1])], [late, done, failed]);

        Assert.Equal([(late, 0), (done, 4), (failed, 0)], entries.Select(entry => (entry.Operation!, entry.Timeline)));
    }

    [Fact]
    public void Of_SameNodeLeadsAgain_IsNotWhatTheOperationDid()
    {
        var entries = Of([Change(4, s_nodes[0])], [Failover(1, timeline: 3, OperationState.Succeeded)]);

        Assert.Equal([(4, false), (0, true)], entries.Select(entry => (entry.Timeline, entry.Operation is not null)));
    }

    [Fact]
    public void Of_Restart_CountsOnlyWhereAnotherTookOver()
    {
        var restart = Switchover(1, 3, OperationState.Succeeded) with { Kind = OperationKinds.PostgresClusterRestart };

        Assert.Empty(Of([], [restart]));
        Assert.Equal(restart, Assert.Single(Of([Change(4, s_nodes[1])], [restart])).Operation);
    }

    [Fact]
    public void Of_LeadTakenBeforeTheEngineWasAsked_IsNotThePersonsDoing()
    {
        var late = Switchover(1, 3, OperationState.Succeeded);
        late = late with { Steps = late.Steps.SetItem(0, late.Steps[0] with { Message = $"demo-2 {StepNames.LeadsUnasked}" }) };

        Assert.Equal([(4, false), (0, true)], Of([Change(4, s_nodes[1])], [late]).Select(entry => (entry.Timeline, entry.Operation is not null)));
    }

    [Fact]
    public void Of_SameNodeLeadsAgainByItself_AsAfterAStart_IsNoChange() => Assert.Empty(Of([Change(2, s_nodes[0]), Change(3, s_nodes[0])], []));

    [Fact]
    public void Of_OperationsOfOtherKinds_AreNone() => Assert.Empty(Of([], [A.Operation()]));

    [Fact]
    public void Of_FailoverWhoseNewPrimaryCameTooLateForIt_IsItsDoingAllTheSame()
    {
        var late = Failover(1, timeline: 3, OperationState.Succeeded);
        late = late with { State = OperationState.Failed, Steps = late.Steps.SetItem(2, late.Steps[2] with { State = OperationState.Failed }) };

        var entry = Assert.Single(Of([Change(4, s_nodes[1])], [late]));

        Assert.Equal((late, s_nodes[1].Member, null), (entry.Operation, entry.To, entry.Took));
    }

    [Fact]
    public void Of_TimesThatMakeNoSense_AreNotKnownAndChangeNoOrder()
    {
        var ages = new[] { A.Time.AddYears(100), A.Time.AddYears(-100), A.Time.AddMinutes(9) };
        var changes = ages.Select((at, index) => new LeadChange(index + 2, "0/1", at, s_nodes[(index + 1) % 3].Member)).ToList();

        var entries = Of(changes, [Switchover(5, 9, OperationState.Failed)]);

        Assert.Equal([(4, A.Time.AddMinutes(9)), (0, A.Time.AddMinutes(5)), (3, null), (2, null)], entries.Select(entry => (entry.Timeline, entry.At)));
    }

    [Fact]
    public void Of_VeryManyChanges_PushNoOperationOut()
    {
        var changes = Enumerable.Range(2, 200).Select(timeline => new LeadChange(timeline, "0/1", A.Time.AddMinutes(30), "")).ToList();
        var operation = Switchover(1, 900, OperationState.Failed);

        var entries = Of(changes, [operation]);

        Assert.Equal((FailoverHistory.CountMax + 1, 201, operation), (entries.Count, entries[0].Timeline, entries[^1].Operation));
    }

    private static IReadOnlyList<FailoverEntry> Of(IReadOnlyList<LeadChange> changes, IReadOnlyList<Operation> operations) =>
        FailoverHistory.Of(A.Cluster() with { CreatedAt = A.Time }, new LeadHistory([.. changes], A.Time.AddHours(1), 1), operations, s_nodes);

    private static DateTimeOffset? Minutes(int count) => A.Time.AddMinutes(count);

    private static LeadChange Change(int timeline, Instance leader) => new(timeline, $"0/{timeline}", Minutes(timeline), leader.Member);

    private static Operation Failover(int number, int timeline, OperationState state) => Of(
        number,
        OperationKinds.PostgresClusterFailover,
        new FailoverArguments(s_nodes[0].Id, new ContainerLife("6fe9", A.Time, A.Time), timeline).ToJson(),
        state,
        [(StepNames.FencePrimary, "nothing of it is left", OperationState.Succeeded), ("take", "it leads no more", OperationState.Succeeded), (StepNames.AwaitPrimary, "another takes writes", state)]);

    private static Operation Switchover(int number, int timeline, OperationState state) => Of(
        number, OperationKinds.PostgresClusterSwitchover, new SwitchoverArguments(s_nodes[0].Id, null, timeline).ToJson(), state, [(StepNames.HandOver, "another takes writes", state)]);

    private static Operation Of(int number, string kind, string arguments, OperationState state, (string Name, string Message, OperationState State)[] steps)
    {
        var at = A.Time.AddMinutes(number);
        return A.Operation(number) with
        {
            Kind = kind,
            Arguments = arguments,
            State = state,
            CreatedAt = at,
            Steps = [.. steps.Select(step => new OperationStep { Name = step.Name, Message = step.Message, State = step.State, StartedAt = at, EndedAt = at.AddSeconds(1) }).ToImmutableArray()],
        };
    }
}
