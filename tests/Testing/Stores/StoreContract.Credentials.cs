using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>Sealed secrets and their versions.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task AddCredential_Versions_NewestIsFoundAndTheFirstOfAVersionStays()
    {
        var cluster = A.Cluster().Ref;
        await Write(writer =>
        {
            writer.AddCredential(Credential(cluster, "app", 1, 1));
            writer.AddCredential(Credential(cluster, "app", 2, 2));
            writer.AddCredential(Credential(cluster, "app", 2, 99));
            writer.AddCredential(Credential(cluster, "admin", 1, 3));
            writer.AddCredential(Credential(A.Cluster(2).Ref, "app", 7, 4));
        });

        var app = await Read(reader => reader.FindCredential(cluster, "app"));
        Assert.Equal(2, app!.Version);
        Assert.Equal([2], app.Sealed.ToArray());
        Assert.Equal(A.Time, app.CreatedAt);
        Assert.Equal([("admin", 1), ("app", 2)], (await Read(reader => reader.ListCredentials(cluster))).Select(credential => (credential.Role, credential.Version)));
        Assert.Null(await Read(reader => reader.FindCredential(cluster, "none")));
    }

    [Fact]
    public async Task RemoveCredentials_OfACluster_LeavesTheOthers()
    {
        var cluster = A.Cluster().Ref;
        await Write(writer =>
        {
            writer.AddCredential(Credential(cluster, "app", 1, 1));
            writer.AddCredential(Credential(A.Cluster(2).Ref, "app", 1, 4));
        });

        await Write(writer => writer.RemoveCredentials(cluster));

        Assert.Empty(await Read(reader => reader.ListCredentials(cluster)));
        Assert.Single(await Read(reader => reader.ListCredentials(A.Cluster(2).Ref)));
    }

    private static Credential Credential(ResourceRef owner, string role, long version, byte content) => new()
    {
        Owner = owner,
        Role = role,
        Version = version,
        KeyId = "key-1",
        Sealed = new[] { content },
        CreatedAt = A.Time,
    };
}
