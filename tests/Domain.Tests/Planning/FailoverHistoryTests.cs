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

        var entry = Assert.Single(FailoverHistory.Of([Change(4, s_nodes[1])], [operation], s_nodes));

        Assert.Equal((s_nodes[0].Member, s_nodes[1].Member, 4, "0/4", Minutes(4)), (entry.From, entry.To, entry.Timeline, entry.Lsn, entry.At));
        Assert.Equal((operation, TimeSpan.FromSeconds(1), "nothing of it is left; it leads no more; another takes writes"), (entry.Operation, entry.Took, entry.Evidence));
    }

    [Fact]
    public void Of_EngineHasNotWrittenItDownYet_IsTheOperationAlone()
    {
        var entry = Assert.Single(FailoverHistory.Of([], [Failover(1, timeline: 3, OperationState.Succeeded)], s_nodes));

        Assert.Equal((s_nodes[0].Member, "", 0, A.Time.AddMinutes(1)), (entry.From, entry.To, entry.Timeline, entry.At));
    }

    [Fact]
    public void Of_TryThatChangedNothing_ExplainsNoChange()
    {
        var failed = Failover(1, timeline: 3, OperationState.Failed);

        var entries = FailoverHistory.Of([Change(3, s_nodes[0]), Change(4, s_nodes[1])], [failed], s_nodes);

        Assert.Equal([(4, s_nodes[0].Member, null), (3, "", null), (0, s_nodes[0].Member, failed)], entries.Select(entry => (entry.Timeline, entry.From, entry.Operation)));
        Assert.Null(entries[2].Took);
    }

    [Fact]
    public void Of_ChangesOfTheEnginesOwn_AreNobodysOperation()
    {
        var entries = FailoverHistory.Of([Change(2, s_nodes[1]), Change(3, s_nodes[2])], [], s_nodes);

        Assert.Equal([(3, s_nodes[1].Member, s_nodes[2].Member), (2, "", s_nodes[1].Member)], entries.Select(entry => (entry.Timeline, entry.From, entry.To)));
        Assert.All(entries, entry => Assert.Null(entry.Operation));
    }

    [Fact]
    public void Of_TwoOperationsOfOneTimeline_TheFirstThatWasDoneHasTheChange()
    {
        var (failed, done, late) = (Switchover(1, 3, OperationState.Failed), Switchover(2, 3, OperationState.Succeeded), Switchover(3, 3, OperationState.Succeeded));

        var entries = FailoverHistory.Of([Change(4, s_nodes[1])], [late, done, failed], s_nodes);

        Assert.Equal([(done, 4), (late, 0), (failed, 0)], entries.Select(entry => (entry.Operation!, entry.Timeline)));
    }

    [Fact]
    public void Of_SameNodeLeadsAgain_IsNotWhatTheOperationDid()
    {
        var entries = FailoverHistory.Of([Change(4, s_nodes[0])], [Failover(1, timeline: 3, OperationState.Succeeded)], s_nodes);

        Assert.Equal([(4, false), (0, true)], entries.Select(entry => (entry.Timeline, entry.Operation is not null)));
    }

    [Fact]
    public void Of_Restart_CountsOnlyWhereAnotherTookOver()
    {
        var restart = Switchover(1, 3, OperationState.Succeeded) with { Kind = OperationKinds.PostgresClusterRestart };

        Assert.Empty(FailoverHistory.Of([], [restart], s_nodes));
        Assert.Equal(restart, Assert.Single(FailoverHistory.Of([Change(4, s_nodes[1])], [restart], s_nodes)).Operation);
    }

    [Fact]
    public void Of_OperationsOfOtherKinds_AreNone() => Assert.Empty(FailoverHistory.Of([], [A.Operation()], s_nodes));

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
