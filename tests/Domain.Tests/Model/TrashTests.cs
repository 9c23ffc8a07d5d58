using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Model;

/// <summary>Which node's data a deleted cluster comes back from.</summary>
public sealed class TrashTests
{
    private static readonly Cluster _cluster = A.Cluster();
    private static readonly Instance _first = A.Instance(_cluster, A.Host(1));
    private static readonly Instance _second = A.Instance(_cluster, A.Host(2), ordinal: 2);

    [Fact]
    public void Primary_NobodyLed_IsTheOneThatHadComeFurthest()
    {
        var trash = Of(new Trash.Position(_first.Id, Trash.NodeRole.Replica, 1, 0x9000000), new Trash.Position(_second.Id, Trash.NodeRole.Replica, 2, 0x3000000));

        Assert.Equal(_second, trash.Primary);
    }

    [Fact]
    public void Primary_NobodyLedAndOneWasOutOfSight_IsNotGuessed()
    {
        var trash = Of(new Trash.Position(_first.Id, Trash.NodeRole.Replica, 1, 0x9000000), new Trash.Position(_second.Id, Trash.NodeRole.Unknown, 0, 0));

        Assert.Null(trash.Primary);
    }

    [Fact]
    public void Primary_TwoTookWrites_IsNotGuessed()
    {
        var trash = Of(new Trash.Position(_first.Id, Trash.NodeRole.Unknown, 1, 0x9000000), new Trash.Position(_second.Id, Trash.NodeRole.Unknown, 2, 0x3000000));

        Assert.Null(trash.Primary);
    }

    [Fact]
    public void Primary_OneLed_IsThatOneWhateverIsKnownOfOthers()
    {
        var trash = Of(new Trash.Position(_first.Id, Trash.NodeRole.Primary, 0, 0), new Trash.Position(_second.Id, Trash.NodeRole.Replica, 1, 0x3000000));

        Assert.Equal(_first, trash.Primary);
    }

    private static Trash Of(params Trash.Position[] nodes) => new() { Instances = [_first, _second], Nodes = [.. nodes] };
}
