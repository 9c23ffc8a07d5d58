using Agents.Domain.Kinds;
using Agents.Words;

namespace Agents.Domain.Tests.Kinds;

/// <summary>Every kind has its row, and no two kinds can be taken for each other.</summary>
public sealed class KindProfileTests
{
    [Fact]
    public void Of_EveryKind_IsItsOwnRow() => Assert.All(Enum.GetValues<InstanceKind>(), kind => Assert.Equal(kind, KindProfile.Of(kind).Kind));

    [Fact]
    public void All_WordsSuffixesAndUsers_AreDifferent()
    {
        Assert.Distinct(KindProfile.All.Select(profile => profile.Word));
        Assert.Distinct(KindProfile.All.Select(profile => profile.Suffix));
        Assert.Distinct(KindProfile.All.Select(profile => profile.User));
        Assert.Distinct(KindProfile.All.Select(profile => profile.Image));
    }

    [Fact]
    public void All_WhatEveryOneNeeds_IsThere() => Assert.All(KindProfile.All, profile =>
    {
        Assert.NotEmpty(profile.Ports);
        Assert.True(profile.MemoryBytes > 0 && profile.DiskBytes > 0 && profile.StopTimeout > TimeSpan.Zero, profile.Word);
        Assert.True(profile.HoldsData || !profile.IsNode, profile.Word);
        Assert.Equal(InstanceKinds.HoldsData(profile.Word), profile.HoldsData); // The agents' own word: a kind that only one of both starts is never started.
    });

    /// <summary>Without marks the check of its data would find nothing amiss with an empty volume.</summary>
    [Fact]
    public void All_WhatHoldsData_HasMarksToKnowItBy() => Assert.All(KindProfile.All, profile => Assert.Equal(profile.HoldsData, DataMarks.Of(profile.Word).Count > 0));

    [Theory]
    [InlineData(InstanceKind.Postgres, "demo-1")]
    [InlineData(InstanceKind.Etcd, "demo-etcd-1")]
    [InlineData(InstanceKind.Haproxy, "demo-proxy-1")]
    public void MemberOf_AKind_IsTheResourceTheKindAndTheOrdinal(InstanceKind kind, string name) => Assert.Equal(name, KindProfile.Of(kind).MemberOf("demo", 1));

    [Fact]
    public void All_StartOrder_CoordinationBeforeNodesBeforeProxies() =>
        Assert.Equal(["etcd", "postgres", "haproxy"], KindProfile.All.OrderBy(profile => profile.StartOrder).Select(profile => profile.Word));
}
