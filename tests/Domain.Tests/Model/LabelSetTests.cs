using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>Labels compare by content and change by key.</summary>
public sealed class LabelSetTests
{
    private static readonly LabelSet _labels = new([new("zone", "a"), new("disk", "ssd")]);

    [Fact]
    public void Equals_SameContentInAnotherOrder_IsTrueWithTheSameHash()
    {
        var other = new LabelSet([new("disk", "ssd"), new("zone", "a")]);

        Assert.Equal(_labels, other);
        Assert.Equal(_labels.GetHashCode(), other.GetHashCode());
        Assert.True(_labels.Equals((object)other));
    }

    [Fact]
    public void Equals_AnotherContentOrNothing_IsFalse()
    {
        Assert.False(_labels.Equals(new LabelSet([new("zone", "a")])));
        Assert.False(_labels.Equals(null));
        Assert.False(_labels.Equals((object)"zone"));
    }

    [Fact]
    public void ContainsAll_Subset_IsTrue()
    {
        Assert.True(_labels.ContainsAll(LabelSet.Empty));
        Assert.True(_labels.ContainsAll(new LabelSet([new("zone", "a")])));
    }

    [Fact]
    public void ContainsAll_OtherValueOrKey_IsFalse()
    {
        Assert.False(_labels.ContainsAll(new LabelSet([new("zone", "b")])));
        Assert.False(_labels.ContainsAll(new LabelSet([new("rack", "a")])));
    }

    [Fact]
    public void With_Changes_SetsAddsAndRemoves()
    {
        var changed = _labels.With([new("zone", "b"), new("disk", ""), new("rack", "7"), new("missing", "")]);

        Assert.Equal(new LabelSet([new("rack", "7"), new("zone", "b")]), changed);
        Assert.Equal(2, changed.Count);
        Assert.Equal(2, _labels.Count);
    }
}
