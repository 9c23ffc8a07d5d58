using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Observation;

/// <summary>What agents have obeyed, held against the store.</summary>
public sealed class ObeyedCheckTests
{
    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 2, false)]
    [InlineData(1, long.MaxValue, false)]
    public async Task Judge_InstanceOfAHost_ThatHostAloneIsBelieved(int host, long obeyed, bool isOlder)
    {
        var (store, fleet) = (new InMemoryStore(), new FleetView());
        var cluster = A.Cluster();
        var node = A.Instance(cluster, A.Host(1));
        await store.WriteAsync(
            writer =>
            {
                writer.TakeEpoch(0, "ours");
                writer.AddHost(A.Host(1));
                writer.AddCluster(cluster);
                writer.AddInstances([node]);
                return true;
            },
            CancellationToken.None);

        await new ObeyedCheck(store, fleet, new ErrorLog<ObeyedCheck>()).JudgeAsync(A.Host(host).Id, [new Ticket(1, "ours", 1, node.Id.ToString(), obeyed)], CancellationToken.None);

        Assert.Equal(isOlder, fleet.IsObserveOnly(cluster.Ref));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Judge_WhatLiesInTheTrashHasObeyedMore_ItsClusterIsOlder(long obeyed, bool isOlder)
    {
        var (store, fleet) = (new InMemoryStore(), new FleetView());
        var cluster = A.Cluster() with { Lifecycle = ClusterLifecycle.Deleted };
        var node = A.Instance(cluster, A.Host());
        var leftover = new Leftover
        {
            HostId = node.HostId,
            Owner = cluster.Ref,
            OwnerGeneration = 1,
            InstanceId = node.Id,
            Generation = 3,
            Kind = LeftoverKind.Volume,
            Name = node.DataVolume,
            NotBefore = A.Time,
            DestroyData = true,
            OperationId = A.Operation().Id,
        };
        await store.WriteAsync(
            writer =>
            {
                writer.TakeEpoch(0, "ours");
                writer.AddCluster(cluster with { Trash = new Trash { Instances = [node], Nodes = [], PurgeAt = A.Time } });
                writer.AddLeftover(leftover);
                writer.AddLeftover(leftover with { Kind = LeftoverKind.Instance, Name = node.ContainerName });
                return true;
            },
            CancellationToken.None);

        await new ObeyedCheck(store, fleet, new ErrorLog<ObeyedCheck>()).JudgeAsync(node.HostId, [new Ticket(1, "ours", 1, node.Id.ToString(), obeyed)], CancellationToken.None);

        Assert.Equal((isOlder, false), (fleet.IsObserveOnly(cluster.Ref), fleet.ObserveOnly));
    }
}
