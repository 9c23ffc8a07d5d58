using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Words;

namespace Agents.Domain.Tests.Model;

/// <summary>What belongs to a resource names it by type and id.</summary>
public sealed class ResourceRefTests
{
    private const string Id = "0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d";

    [Theory]
    [InlineData(ResourceType.PostgresCluster, ResourceTypes.PostgresCluster)]
    [InlineData(ResourceType.PostgresServer, ResourceTypes.PostgresServer)]
    [InlineData(ResourceType.Nginx, ResourceTypes.Nginx)]
    public void Parse_TextOfAResource_GivesItBack(ResourceType type, string word)
    {
        var resource = new ResourceRef(type, Guid.Parse(Id));

        Assert.Equal($"{word}/{Id}", resource.ToString());
        Assert.Equal(resource, ResourceRef.Parse(resource.ToString()));
        Assert.Contains(word, ResourceTypes.All);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Id)]
    [InlineData("cluster/" + Id)]
    [InlineData("postgres_cluster/1")]
    [InlineData("postgres_cluster/" + Id + "/x")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(ResourceRef.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ResourceRef.Parse(text ?? ""));
    }

    [Fact]
    public void NetworkOf_SameIdOfAnotherType_IsAnotherNetwork()
    {
        var names = Enum.GetValues<ResourceType>().Select(type => ObjectNames.NetworkOf(new ResourceRef(type, Guid.Parse(Id)))).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Contains("iaas-cluster-0a1b2c3d4e5f4a6b8c7d8e9f0a1b2c3d", names);
    }

    [Fact]
    public void LabelsOf_ServerAndCluster_OnlyTheClusterHasAClusterLabel()
    {
        var cluster = ObjectNames.LabelsOf("store", new ResourceRef(ResourceType.PostgresCluster, Guid.Parse(Id)));
        var server = ObjectNames.LabelsOf("store", new ResourceRef(ResourceType.PostgresServer, Guid.Parse(Id)));

        Assert.Equal(Id, cluster[ObjectLabels.Cluster]);
        Assert.False(server.ContainsKey(ObjectLabels.Cluster));
        Assert.Equal($"postgres_server/{Id}", server[ObjectLabels.Owner]);
        Assert.Throws<InvalidOperationException>(() => new ResourceRef(ResourceType.PostgresServer, Guid.Parse(Id)).ClusterId);
    }

    [Fact]
    public void LabelsOf_Volumes_SayWhatTheyAreFor()
    {
        var instance = A.Instance(A.Cluster(), A.Host());

        Assert.Equal(ObjectLabels.DataPurpose, ObjectNames.LabelsOf("store", instance, instance.DataVolume)[ObjectLabels.Purpose]);
        Assert.Equal(ObjectLabels.ConfigurationPurpose, ObjectNames.LabelsOf("store", instance, instance.ConfigVolume)[ObjectLabels.Purpose]);
    }

    [Fact]
    public void TakenByAndLetGo_EachRaisesTheOwnersGeneration()
    {
        var cluster = A.Cluster();

        var taken = cluster.TakenBy(A.Operation().Id);
        var free = taken.LetGo(ClusterLifecycle.Deleted, A.Time);

        Assert.Equal((A.Operation().Id, cluster.OwnerGeneration + 1), (taken.HeldBy, taken.OwnerGeneration));
        Assert.Equal((null, cluster.OwnerGeneration + 2, ClusterLifecycle.Deleted), (free.HeldBy, free.OwnerGeneration, free.Lifecycle));
    }
}
