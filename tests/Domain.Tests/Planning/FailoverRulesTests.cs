using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Planning;

/// <summary>When the engine is helped to another primary.</summary>
public sealed class FailoverRulesTests
{
    private static readonly World _ended = World.Converged().Container(1, ContainerState.Exited, 137);

    /// <summary>What makes nothing be done, though the container of the primary has ended.</summary>
    public static TheoryData<string> Reasons => [.. _others.Keys];

    private static readonly Dictionary<string, Func<World, World>> _others = new(StringComparer.Ordinal)
    {
        ["a commit waits for no replica"] = world => world with { Cluster = world.Cluster with { Effective = world.Cluster.Effective with { Durability = Durability.Async } } },
        ["the engine is paused"] = world => world with { IsPaused = true },
        ["nobody leads by the engine's word"] = world => world with { Leader = null },
        ["another leads"] = world => world with { Leader = "demo-2" },
        ["it was told to stop"] = world => world.Record(1, record => record with { Want = InstanceWant.Stopped }),
        ["it is fenced"] = world => world.Record(1, record => record with { Want = InstanceWant.Fenced }),
        ["its host is not seen"] = world => world.See(1, (host, _) => host with { IsCurrent = false }),
        ["it never had data"] = world => world with { Instances = [.. world.Instances.Select(instance => instance with { Initialised = instance.Ordinal != 1 })] },
        ["no other node runs"] = world => world.Container(2, ContainerState.Exited).Container(3, ContainerState.Exited),
        ["the cluster is held by an operation"] = world => world with { Cluster = world.Cluster with { HeldBy = new OperationId(Guid.NewGuid()) } },
        ["the store is older than the fleet"] = world => world with { ObserveOnly = true },
        ["it runs"] = world => world.Container(1, ContainerState.Running),
        ["it was put aside"] = world => world.Container(1, ContainerState.Paused),
        ["nobody says which life has ended"] = world => world.See(1, (host, instance) => host with { Containers = host.Containers.SetItem(instance.ContainerName, host.Containers[instance.ContainerName] with { Ended = null }) }),
        ["it is being started"] = world => world.Container(1, ContainerState.Created),
    };

    [Fact]
    public void Propose_ContainerOfThePrimaryHasEnded_AtOnce()
    {
        var operation = _ended.Decide().Operation!;

        Assert.Equal(
            (OperationKinds.PostgresClusterFailover, "demo-1", "demo-1 led, and its container has ended with code 137", true),
            (operation.Kind, operation.Instance.Member, operation.Reason, operation.IsUrgent));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(1), operation.Ended?.FinishedAt);
    }

    [Fact]
    public void Propose_ItsAgentHasEndedItForItsSilence_SaysSo()
    {
        var operation = _ended.Record(1, record => record with { Hang = "its PostgreSQL gave no answer for 10 s, and it was ended for that" }).Decide().Operation!;

        Assert.Equal("demo-1 led, and its PostgreSQL gave no answer for 10 s, and it was ended for that", operation.Reason);
    }

    [Fact]
    public void Propose_OneOfTheOthersIsDownToo_TheStepsDecide() => Assert.NotNull(_ended.Container(2, ContainerState.Exited).Decide().Operation);

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Propose_Otherwise_Nothing(string reason) => Assert.Null(_others[reason](_ended).Decide().Operation);
}
