using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Controller.Tests.Stores;

/// <summary>What people see of a change is told in its transaction, or the fake refuses it.</summary>
public sealed class EventRuleTests
{
    private static readonly Dictionary<string, (Action<IStoreWriter> Change, string Subject)> Changes = new()
    {
        ["host added"] = (writer => writer.AddHost(A.Host(2)), A.Host(2).Id.ToString()),
        ["host changed"] = (writer => writer.UpdateHost(A.Host() with { Cordoned = true, Generation = 2 }, 1), A.Host().Id.ToString()),
        ["host removed"] = (writer => writer.RemoveHost(A.Host().Id), A.Host().Id.ToString()),
        ["cluster added"] = (writer => writer.AddCluster(A.Cluster(2)), A.Cluster(2).Id.ToString()),
        ["cluster changed"] = (writer => writer.UpdateCluster(A.Cluster() with { Generation = 2 }, 1), A.Cluster().Id.ToString()),
        ["cluster deleted"] = (writer => writer.UpdateCluster(A.Cluster() with { Lifecycle = ClusterLifecycle.Deleted }, 1), A.Cluster().Id.ToString()),
        ["operation added"] = (writer => writer.AddOperation(A.Operation(2)), A.Cluster().Id.ToString()),
        ["operation ended"] = (writer => writer.UpdateOperation(A.Operation() with { State = OperationState.Failed }), A.Cluster().Id.ToString()),
        ["operation's end asked for"] = (writer => writer.UpdateOperation(A.Operation() with { CancelRequested = true }), A.Cluster().Id.ToString()),
        ["join token removed"] = (writer => writer.RemoveJoinToken("token"), "token"),
        ["image set added"] = (writer => writer.AddImageSet(A.ImageSet("17-2")), "17-2"),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Violations_ChangeThatPeopleSee_NeedsItsEvent(string name)
    {
        var (change, subject) = Changes[name];
        var before = Before();
        var writer = new InMemoryWriter(before);

        change(writer);
        var untold = EventRule.Violations(before, writer.State).ToList();
        writer.AddEvent(new NewEvent("changed", "default", subject, A.Origin, "{}", A.Time));

        Assert.EndsWith($"{subject} has no event in its transaction", Assert.Single(untold), StringComparison.Ordinal);
        Assert.Empty(EventRule.Violations(before, writer.State));
    }

    [Fact]
    public void Violations_ProgressThatIsNobodysNews_AreNone()
    {
        var before = Before();
        var writer = new InMemoryWriter(before);

        writer.UpdateOperation(A.Operation() with { State = OperationState.Running });
        writer.UpdateCluster(A.Cluster() with { NextOrdinal = 9, OwnerGeneration = 5 }, 1);
        writer.UpdateJoinToken(JoinToken() with { Uses = 1 });

        Assert.Empty(EventRule.Violations(before, writer.State));
    }

    private static InMemoryState Before()
    {
        var writer = new InMemoryWriter(new InMemoryState { Identity = new StoreIdentity("store", 0, 0) });
        writer.AddHost(A.Host());
        writer.AddCluster(A.Cluster());
        writer.AddOperation(A.Operation());
        writer.AddJoinToken(JoinToken());
        writer.AddImageSet(A.ImageSet());
        return writer.State;
    }

    private static JoinTokenRecord JoinToken() => new()
    {
        Id = "token",
        SecretSha256 = "secret",
        Project = "default",
        Labels = LabelSet.Empty,
        MaxUses = 2,
        Uses = 0,
        CreatedAt = A.Time,
        ExpiresAt = A.Time.AddMinutes(15),
        CreatedBy = "admin",
    };
}
