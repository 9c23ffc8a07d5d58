using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>A note of who took the writes gives way to what is seen later.</summary>
public sealed class StopNoteTests
{
    private static readonly InstanceId _first = Id(1);
    private static readonly InstanceId _second = Id(2);

    [Theory]
    [InlineData(2, true, 1, true, "1", "it follows as it did")]
    [InlineData(2, false, 2, true, "2", "it took the lead")]
    [InlineData(2, true, 2, true, null, "it follows somebody on a later timeline of whom nothing is known")]
    [InlineData(2, false, 1, true, null, "two took writes on one timeline")]
    [InlineData(2, false, 1, false, null, "it runs and does not say")]
    [InlineData(1, false, 1, true, "1", "it took the writes all the time")]
    [InlineData(1, false, 2, true, "1", "it took the lead once more")]
    [InlineData(1, true, 1, true, "1", "it gave the lead up and nobody took it")]
    [InlineData(1, true, 2, true, null, "it follows somebody else by now")]
    [InlineData(1, true, 1, false, null, "it runs and does not say")]
    public void After_NodeIsFoundRunning(int node, bool inRecovery, int timeline, bool says, string? expected, string why)
    {
        var note = new Stopped { Nodes = [new Trash.Position(_first, Trash.NodeRole.Primary, 1, 100), new Trash.Position(_second, Trash.NodeRole.Replica, 1, 90)] };

        var after = note.After(node == 1 ? _first : _second, says ? new WalPosition(inRecovery, timeline, 110) : null);

        Assert.True((expected switch { "1" => _first, "2" => _second, _ => (InstanceId?)null }) == after.Primary, why);
        Assert.Equal(2, after.Nodes.Length);
    }

    [Theory]
    [InlineData(1, true, "1", "it was out of sight, and has come back to follow")]
    [InlineData(1, false, "1", "it was out of sight, and took writes")]
    [InlineData(2, true, "1", "it follows, on whatever timeline")]
    [InlineData(2, false, null, "two took writes, and nobody knows who was later")]
    public void After_PrimaryWasNotedOutOfSight_IsNotTakenForAnEarlierOne(int node, bool inRecovery, string? expected, string why)
    {
        var note = new Stopped { Nodes = [new Trash.Position(_first, Trash.NodeRole.Primary, 0, 0), new Trash.Position(_second, Trash.NodeRole.Replica, 3, 90)] };

        var after = note.After(node == 1 ? _first : _second, new WalPosition(inRecovery, 3, 110));

        Assert.True((expected is null ? (InstanceId?)null : _first) == after.Primary, why);
    }

    [Fact]
    public void After_NobodyWasKnown_WhoTakesWritesIs()
    {
        var note = new Stopped { Nodes = [new Trash.Position(_first, Trash.NodeRole.Unknown, 0, 0), new Trash.Position(_second, Trash.NodeRole.Unknown, 0, 0)] };

        Assert.Equal(_second, note.After(_second, new WalPosition(false, 3, 1)).Primary);
        Assert.Null(note.After(_second, new WalPosition(true, 3, 1)).Primary);
    }

    private static InstanceId Id(int ordinal) => InstanceId.Derive(A.Cluster().Ref, InstanceKind.Postgres, ordinal);
}
