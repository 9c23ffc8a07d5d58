using Agents.Domain.Engines.Patroni;

namespace Agents.Domain.Tests.Engines;

/// <summary>Who holds every acknowledged commit, as Patroni writes it down.</summary>
public sealed class SyncStateTests
{
    [Theory]
    [InlineData("""{"leader":"a-1","sync_standby":"a-2,a-3","quorum":1}""", "a-2,a-3", true)]
    [InlineData("""{"leader":"a-1","sync_standby":"a-2,a-3","quorum":1}""", "a-2", false)] // It must see the other, to know who is the furthest.
    [InlineData("""{"leader":"a-1","sync_standby":"a-2,a-3","quorum":1}""", "a-2,a-4", false)]
    [InlineData("""{"leader":"a-1","sync_standby":"a-3","quorum":0}""", "a-3", true)]
    [InlineData("""{"leader":"a-1","sync_standby":"a-3","quorum":0}""", "a-2", false)]
    [InlineData("""{"leader":"a-1","sync_standby":"a-3"}""", "a-3", true)] // One that is named confirms each commit.
    [InlineData("""{"leader":"a-1","sync_standby":null}""", "a-2,a-3", false)]
    [InlineData("""{"leader":"a-1","sync_standby":""}""", "a-2,a-3", false)]
    public void CanElect_OfThoseThatAnswer(string text, string reachable, bool expected)
    {
        var state = SyncState.Parse(text)!;

        Assert.Equal(("a-1", expected), (state.Leader, state.CanElect(reachable.Split(','))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"leader":"\ud800","sync_standby":"a-2"}""")]
    [InlineData("""{"leader":null,"sync_standby":"a-2"}""")]
    [InlineData("""{"leader":"a-1","sync_standby":"a-2","quorum":-1}""")]
    public void Parse_WhatSaysNothing_IsNull(string text) => Assert.Null(SyncState.Parse(text));
}
