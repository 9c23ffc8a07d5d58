using System.Collections.Immutable;
using System.Net;
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

    [Fact]
    public void FirstFree_LargestPoolAllTakenByAThousandRanges_IsNull()
    {
        var used = Enumerable.Range(0, 1024).Select(number => $"10.{number / 4}.{number % 4 * 64}.0/18").Append("9.255.0.0/16").ToHashSet();

        Assert.Null(SubnetPool.FirstFree("10.0.0.0/8", used));
        Assert.Equal("10.100.128.0/28", SubnetPool.FirstFree("10.0.0.0/8", used.Where(range => range != "10.100.128.0/18").ToHashSet()));
    }

    [Fact]
    public void FirstFree_ThatDoNotOverlap_AreAsIfEachNetworkWasTried()
    {
        const int seed = 7;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var used = Enumerable.Range(0, random.Next(0, 12)).Select(_ => $"10.0.{random.Next(0, 2)}.{random.Next(0, 256)}/{random.Next(25, 33)}").ToHashSet();
            var expected = Enumerable.Range(0, 32).Select(number => $"10.0.{number / 16}.{number % 16 * 16}/28").FirstOrDefault(network => !used.Any(other => Overlap(network, other)));

            Assert.Equal(expected, SubnetPool.FirstFree("10.0.0.0/23", used));
        }
    }

    private static bool Overlap(string one, string other)
    {
        var (first, second) = (IPNetwork.Parse(one), IPNetwork.Parse(other));
        return first.Contains(second.BaseAddress) || second.Contains(first.BaseAddress);
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
