namespace Agents.EndToEnd.Tests;

/// <summary>What a failed test leaves does not meet the next one.</summary>
[Collection(StackCollection.Name)]
public sealed class LeftoversTests(StackFixture stack)
{
    [Requires(Requirement.Lab)]
    public async Task RenewIfLeft_ForgottenNetwork_IsNamedAndGone()
    {
        await stack.DockerAsync("h2", "network", "create", "--label", "agents.controller=forgotten", "--subnet", "10.102.64.0/28", "forgotten");

        var left = await stack.RenewIfLeftAsync(nameof(LeftoversTests));

        Assert.Equal("h2 network forgotten", left);
        Assert.Equal("", await stack.RenewIfLeftAsync(nameof(LeftoversTests)));
    }

    [Requires(Requirement.Lab)]
    public async Task SecondRun_OnThisMachine_IsRefusedAndTouchesNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(new StackFixture().InitializeAsync);

        Assert.Equal("", await stack.RenewIfLeftAsync(nameof(LeftoversTests)));
    }
}
