using Agents.Agent.Hosts;
using Agents.Testing;

namespace Agents.Agent.Tests.Hosts;

/// <summary>A firewall that is loaded anew takes Docker's rules away.</summary>
public sealed class FirewallWatchTests
{
    [Theory]
    [InlineData("yes,no,yes", "fine,gone,fine")]
    [InlineData("no,no", "fine,fine")]
    [InlineData("yes,unknown,no", "fine,fine,gone")]
    public async Task AreRulesGone_OnlyWhatWasSeenBefore_IsMissed(string found, string expected)
    {
        var time = A.Clock();
        var firewall = new ScriptedFirewall(found.Split(','));
        var watch = new FirewallWatch(firewall, time);
        var answers = new List<string>();

        foreach (var _ in found.Split(','))
        {
            answers.Add(await watch.AreRulesGoneAsync(default) ? "gone" : "fine");
            await watch.AreRulesGoneAsync(default); // At once again: it is not looked anew.
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(expected.Split(','), answers);
        Assert.Equal(found.Split(',').Length, firewall.Looks);
    }

    [Fact]
    public async Task HasDockerRules_ThisMachine_IsAnswered()
    {
        var rules = await new IptablesFirewall().HasDockerRulesAsync(default).DefaultTimeout();

        Assert.Equal(rules, await new IptablesFirewall().HasDockerRulesAsync(default).DefaultTimeout());
    }

    private sealed class ScriptedFirewall(string[] found) : IFirewall
    {
        public int Looks { get; private set; }

        public Task<bool?> HasDockerRulesAsync(CancellationToken cancellationToken) =>
            Task.FromResult<bool?>(found[Looks++] is var answer && answer == "unknown" ? null : answer == "yes");
    }
}
