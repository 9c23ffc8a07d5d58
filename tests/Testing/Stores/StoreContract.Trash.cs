using Agents.Controller.Stores;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>What a deleted cluster comes back from.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task Trash_OfDeletedCluster_IsListedWithAllThatItComesBackFrom()
    {
        var (kept, gone, living) = (Deleted(1), Deleted(2) with { Trash = null }, A.Cluster(3));
        await Write(writer =>
        {
            foreach (var cluster in new[] { kept, gone, living, Deleted(4) with { Project = "other" } })
                writer.AddCluster(cluster);
        });

        var found = Assert.Single(await Read(reader => reader.ListTrash("default")));

        Assert.Equal((kept.Id, kept.DeletedAt), (found.Id, found.DeletedAt));
        Assert.Equal((kept.Trash!.PurgeAt, true, TimeSpan.FromHours(30.5)), (found.Trash!.PurgeAt, found.Trash.IsPurging, found.Trash.RunTime));
        Assert.Equal(kept.Trash.Nodes.AsEnumerable(), found.Trash.Nodes);
        var (expected, actual) = (kept.Trash.Instances.Single(), found.Trash.Instances.Single());
        Assert.Equal(expected.Ports, actual.Ports);
        Assert.Equal(expected with { Ports = actual.Ports }, actual);
        Assert.Equal(2, (await Read(reader => reader.ListTrash(null))).Count);
    }

    [Fact]
    public async Task Stopped_OfCluster_IsKeptUntilItIsTakenBack()
    {
        var position = new Trash.Position(A.Instance(A.Cluster(), A.Host(), InstanceKind.Postgres).Id, Trash.NodeRole.Primary, 2, 0x3000148);
        var stopped = A.Cluster() with { Stopped = new Stopped { Nodes = [position] } };
        await Write(writer => writer.AddCluster(stopped));

        var found = (await Read(reader => reader.FindCluster(stopped.Id)))!;

        Assert.Equal([position], found.Stopped!.Nodes.AsEnumerable());
        Assert.Equal(position.InstanceId, found.FormerPrimary);
        await Write(writer => Assert.True(writer.UpdateCluster(found with { Stopped = null }, found.Generation)));
        Assert.Null((await Read(reader => reader.FindCluster(stopped.Id)))!.Stopped);
    }

    [Fact]
    public async Task RemoveCredentials_OfOneRole_LeavesTheOthers()
    {
        var cluster = A.Cluster();
        await Write(writer =>
        {
            writer.AddCredential(Credential(cluster.Ref, "app", 1, 1));
            writer.AddCredential(Credential(cluster.Ref, "client-ca", 1, 1));
            writer.AddCredential(Credential(cluster.Ref, "client-ca", 2, 1));
            writer.RemoveCredentials(cluster.Ref, "client-ca");
        });

        Assert.Equal("app", Assert.Single(await Read(reader => reader.ListCredentials(cluster.Ref))).Role);
    }

    [Fact]
    public async Task UpdateLeftover_KnownOrNot_ChangesTheKnownOne()
    {
        var volume = Leftover(LeftoverKind.Volume, "v");
        await Write(writer => writer.AddLeftover(volume));

        volume = volume with { NotBefore = A.Time.AddDays(9), Generation = 5, OwnerGeneration = 6, OperationId = A.Operation(3).Id };
        await Write(writer =>
        {
            writer.UpdateLeftover(volume);
            writer.UpdateLeftover(volume with { Name = "unknown" });
        });

        Assert.Equal([volume], await Read(reader => reader.ListLeftovers()));
    }

    private static Cluster Deleted(int number)
    {
        var cluster = A.Cluster(number);
        var node = A.Instance(cluster, A.Host()) with { Initialised = true };
        return cluster with
        {
            Lifecycle = ClusterLifecycle.Deleted,
            DeletedAt = A.Time.AddDays(1),
            Trash = new Trash
            {
                Instances = [node],
                Nodes = [new Trash.Position(node.Id, Trash.NodeRole.Primary, 2, 0x3000148)],
                PurgeAt = A.Time.AddDays(8),
                RunTime = TimeSpan.FromHours(30.5),
                IsPurging = true,
            },
        };
    }
}
