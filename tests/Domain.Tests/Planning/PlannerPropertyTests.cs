using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>What holds of every plan, over random worlds. A failure names its seed.</summary>
public sealed class PlannerPropertyTests
{
    private const int CaseCount = 3000;

    [Fact]
    public void Decide_RandomWorlds_KeepsEveryRule()
    {
        var (actionCount, operationCount) = (0, 0);
        for (var seed = 1; seed <= CaseCount; seed++)
        {
            var world = RandomWorld(new Random(seed));

            var plan = world.Decide();

            actionCount += plan.Actions.Length;
            operationCount += plan.Operation is null ? 0 : 1;
            foreach (var action in plan.Actions)
                AssertAllowed(world, action, seed);
            Assert.True(plan.Actions.Select(action => action.Instance.Id).Distinct().Count() == plan.Actions.Length, $"seed {seed}: an instance is acted on twice");
            Assert.True(plan.Actions.Count(action => action.Kind == ActionKind.Configure) <= (world.MayConfigure ? 1 : 0), $"seed {seed}: several configurations at once");
            AssertReplaceable(world, plan, seed);
            Assert.True(
                plan.Actions.IsEmpty || (world.Cluster is { Lifecycle: ClusterLifecycle.Active, HeldBy: null } && !world.ObserveOnly),
                $"seed {seed}: a cluster is acted on that is not the loop's");
        }

        Assert.InRange(actionCount, CaseCount / 10, int.MaxValue);
        Assert.InRange(operationCount, 10, int.MaxValue);
    }

    [Fact]
    public void Decide_RandomWorlds_SameAnswerForAnyOrderOfInstances()
    {
        for (var seed = 1; seed <= CaseCount; seed++)
        {
            var world = RandomWorld(new Random(seed));
            var instances = world.Instances.ToArray();
            new Random(seed).Shuffle(instances);

            Assert.True(Text(world.Decide()) == Text((world with { Instances = [.. instances] }).Decide()), $"seed {seed}: the order of the instances decides");
        }
    }

    private static void AssertAllowed(World world, PlannedAction action, int seed)
    {
        Assert.True(Enum.IsDefined(action.Kind), $"seed {seed}: {action.Kind}");
        Assert.True(action.Reason.Length > 0, $"seed {seed}: an action has no reason");
        Assert.True(world.Hosts.TryGetValue(action.Instance.HostId, out var host) && host.IsCurrent, $"seed {seed}: {action.Instance.Member} is acted on without sight");
        var isMissing = !host!.Containers.ContainsKey(action.Instance.ContainerName);
        Assert.False(isMissing && world.FleetIsSilent, $"seed {seed}: {action.Instance.Member} is made anew while the fleet is silent");
        Assert.False(
            isMissing && action.Instance is { Initialised: true, Kind: not InstanceKind.Haproxy } && !host.Volumes.Contains(action.Instance.DataVolume),
            $"seed {seed}: {action.Instance.Member} is made anew without its data");
        Assert.False(
            !isMissing && action.Instance.Kind == InstanceKind.Postgres && host.Instances.TryGetValue(action.Instance.Id, out var record) && record is { Want: InstanceWant.Fenced, ConfigHash.Length: > 0 },
            $"seed {seed}: {action.Instance.Member} is fenced");
    }

    /// <summary>What is replaced has lost its data, nobody acts on it, and all others of its kind run.</summary>
    private static void AssertReplaceable(World world, Plan plan, int seed)
    {
        if (plan.Operation is not { Instance: var lost } operation)
            return;
        if (operation.IsUrgent)
        {
            Assert.False(world.ObserveOnly || world.Cluster.HeldBy is not null || world.IsPaused, $"seed {seed}: begun while nothing may be");
            Assert.True(
                lost.Member == world.Leader && world.Hosts[lost.HostId] is { IsCurrent: true } seen && seen.Containers[lost.ContainerName].State == ContainerState.Exited && seen.Instances[lost.Id].Want == InstanceWant.Running,
                $"seed {seed}: {lost.Member} may not be dead");
            return;
        }

        Assert.True(lost.Kind == InstanceKind.Etcd && operation.Kind == OperationKinds.PostgresClusterReplaceMember, $"seed {seed}: {operation}");
        Assert.False(world.FleetIsSilent || world.ObserveOnly || world.Cluster.HeldBy is not null, $"seed {seed}: begun while nothing may be");
        Assert.DoesNotContain(plan.Actions, action => action.Instance.Id == lost.Id);
        Assert.False(lost.Initialised && world.Hosts[lost.HostId].Volumes.Contains(lost.DataVolume), $"seed {seed}: {lost.Member} has its data");
        Assert.All(
            world.Instances.Where(other => other.Kind == lost.Kind && other.Id != lost.Id),
            other => Assert.True(world.Hosts[other.HostId] is { IsCurrent: true } host && host.Containers[other.ContainerName].State == ContainerState.Running, $"seed {seed}: {other.Member} does not run"));
    }

    private static string Text(Plan plan) => string.Join('\n', plan.Actions.Select(action => $"{action.Kind} {action.Instance.Id} {action.Reason}").Concat(plan.Held.Select(hold => hold.ToString())).Append($"{plan.Operation?.Instance.Id}"));

    private static World RandomWorld(Random random)
    {
        var world = World.Converged();
        foreach (var instance in world.Instances)
            world = RandomChange(random, world, instance.Ordinal);
        foreach (var host in world.Hosts.Keys.OrderBy(host => host.Value))
        {
            if (random.Next(5) == 0)
                world = world with { Hosts = world.Hosts.SetItem(host, world.Hosts[host] with { IsCurrent = false }) };
            else if (random.Next(10) == 0)
                world = world with { Hosts = world.Hosts.Remove(host) };
        }
        return world with
        {
            FleetIsSilent = random.Next(4) == 0,
            MayConfigure = random.Next(3) > 0,
            ObserveOnly = random.Next(20) == 0,
            Instances = random.Next(4) == 0 ? [.. world.Instances.Select(instance => instance with { Initialised = false })] : world.Instances,
            Cluster = world.Cluster with
            {
                HeldBy = random.Next(10) == 0 ? A.Operation().Id : null,
                Lifecycle = random.Next(5) == 0 ? (ClusterLifecycle)random.Next(4) : ClusterLifecycle.Active,
            },
        };
    }

    private static World RandomChange(Random random, World world, int ordinal) => random.Next(7) switch
    {
        0 => world.Container(ordinal, (ContainerState)random.Next(8), random.Next(256)),
        1 => random.Next(2) == 0 ? world.WithoutContainer(ordinal) : world.WithoutContainer(ordinal).WithoutData(ordinal),
        2 => world.Record(ordinal, record => record with
        {
            Want = (InstanceWant)random.Next(4),
            ConfigHash = random.Next(3) == 0 ? "" : random.Next(3) == 0 ? "another" : "hash",
            ConfigComplete = random.Next(4) > 0,
        }),
        3 when random.Next(2) == 0 => world.Detached(ordinal),
        3 => world.See(ordinal, (host, instance) => random.Next(3) == 0 ? host with { Instances = host.Instances.Remove(instance.Id) } : host),
        _ => world,
    };
}
