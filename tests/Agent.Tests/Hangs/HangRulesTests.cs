using Agents.Agent.Hangs;
using Agents.Agent.Postgres;

namespace Agents.Agent.Tests.Hangs;

/// <summary>What counts as silence, and whose.</summary>
public sealed class HangRulesTests
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public void Next_Silence_LastsUntilTheNextAnswer()
    {
        var silence = After(PostgresAnswer.Primary, PostgresAnswer.None, PostgresAnswer.None);

        Assert.Equal(new Silence(TimeSpan.FromSeconds(2), Led: true), silence);
        Assert.Equal(new Silence(TimeSpan.Zero, Led: true), Next(silence, PostgresAnswer.Primary));
        Assert.Equal(new Silence(TimeSpan.Zero, Led: false), Next(silence, PostgresAnswer.Replica));
        Assert.Equal(new Silence(TimeSpan.Zero, Led: false), Next(silence, PostgresAnswer.Busy));
    }

    [Fact]
    public void Next_ThisProcessStoodStill_IsNoSilenceOfTheServer() =>
        Assert.Equal(TimeSpan.FromSeconds(2), HangRules.Next(After(PostgresAnswer.Primary), PostgresAnswer.None, TimeSpan.FromMinutes(5)).Lasted);

    [Fact]
    public void DoesHang_ALeaderSilentForSoLong_Does()
    {
        Assert.True(DoesHang(new Silence(_timeout, Led: true)));
        Assert.False(DoesHang(new Silence(_timeout - TimeSpan.FromMilliseconds(1), Led: true)));
    }

    [Fact]
    public void DoesHang_WhatIsNotToBeEnded_DoesNot()
    {
        var silence = new Silence(TimeSpan.FromHours(1), Led: true);

        Assert.False(DoesHang(silence with { Led = false }));
        Assert.False(HangRules.DoesHang(silence, TimeSpan.Zero, isWanted: true, isPaused: false));
        Assert.False(HangRules.DoesHang(silence, _timeout, isWanted: false, isPaused: false));
        Assert.False(HangRules.DoesHang(silence, _timeout, isWanted: true, isPaused: true));
    }

    private static bool DoesHang(Silence silence) => HangRules.DoesHang(silence, _timeout, isWanted: true, isPaused: false);

    private static Silence After(params PostgresAnswer[] answers) => answers.Aggregate(default(Silence), Next);

    private static Silence Next(Silence silence, PostgresAnswer answer) => HangRules.Next(silence, answer, HangRules.Period);
}
