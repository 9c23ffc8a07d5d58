using System.Collections.Immutable;
using Agents.Domain.Scheduling;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>Networks are cut lowest first out of an IPv4 pool.</summary>
public sealed class SubnetPoolTests
{
    [Theory]
    [InlineData("10.210.0.0/16", true)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.210.0.16/28", true)]
    [InlineData("10.210.0.0/29", false)]
    [InlineData("0.0.0.0/7", false)]
    [InlineData("10.210.0.1/16", true)]
    [InlineData("fd00::/64", false)]
    [InlineData("10.210.0.0", false)]
    [InlineData("", false)]
    public void IsValid_Text_IsWhetherANetworkFits(string pool, bool isValid) => Assert.Equal(isValid, SubnetPool.IsValid(pool));

    [Fact]
    public void FirstFree_SomeUsed_IsTheLowestOther()
    {
        var used = ImmutableHashSet.Create("10.210.0.0/28", "10.210.0.16/28", "10.210.0.48/28");

        Assert.Equal("10.210.0.32/28", SubnetPool.FirstFree("10.210.0.0/16", used));
    }

    [Theory]
    [InlineData("10.210.0.0/24", "10.210.1.0/28")]
    [InlineData("10.210.0.20/32", "10.210.0.0/28")]
    [InlineData("10.210.0.5/32", "10.210.0.16/28")]
    [InlineData("10.0.0.0/8", "10.210.0.0/28")]
    [InlineData("192.168.0.0/16", "10.210.0.0/28")]
    [InlineData("fd00::/8", "10.210.0.0/28")]
    [InlineData("nonsense", "10.210.0.0/28")]
    public void FirstFree_WhatTheHostUses_IsNotOverlapped(string used, string expected) =>
        Assert.Equal(expected, SubnetPool.FirstFree("10.210.0.0/16", ImmutableHashSet.Create(used)));

    [Fact]
    public void FirstFree_CalledUntilTheEnd_CrossesTheOctetAndEnds()
    {
        var used = ImmutableHashSet<string>.Empty;
        for (var count = 0; count < 32; count++)
            used = used.Add(SubnetPool.FirstFree("10.210.254.0/23", used)!);

        Assert.Equal(32, used.Count);
        Assert.Contains("10.210.255.240/28", used);
        Assert.Null(SubnetPool.FirstFree("10.210.254.0/23", used));
    }

    [Fact]
    public void FirstFree_PoolWithHostBits_BeginsAtTheNetwork() => Assert.Equal("10.210.0.0/28", SubnetPool.FirstFree("10.210.0.1/16", ImmutableHashSet<string>.Empty));

    [Fact]
    public void FirstFree_HighPool_DoesNotOverflow() => Assert.Equal("240.0.0.0/28", SubnetPool.FirstFree("240.0.0.0/8", ImmutableHashSet<string>.Empty));

    [Fact]
    public void FirstFree_MalformedPool_IsNull() => Assert.Null(SubnetPool.FirstFree("pool", ImmutableHashSet<string>.Empty));
}
