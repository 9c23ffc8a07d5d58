using Agents.Agent.Postgres;
using Agents.Domain.Model;
using Agents.Protocol;
using Xunit;

namespace Agents.Testing.Fleet;

/// <content>Primaries that give no answer.</content>
public abstract partial class AgentContract
{
    /// <summary>For so long the PostgreSQL in a container answers so, or nothing.</summary>
    internal abstract Task AnswerAsync(string name, PostgresAnswer answer, TimeSpan time);

    [Fact]
    public async Task SetHangTimeout_NeedsARecordAndATime()
    {
        await RefusedAsync(ErrorReasons.NotFound, () => Agent.SetHangTimeoutAsync(Target(new InstanceId(Guid.NewGuid()), 1), TimeSpan.FromSeconds(10), default));
        await CreateAsync(generation: 2);

        await RefusedAsync(ErrorReasons.InvalidArgument, () => Agent.SetHangTimeoutAsync(Instance(2), TimeSpan.FromHours(2), default));
        await RefusedAsync(ErrorReasons.InvalidArgument, () => Agent.SetHangTimeoutAsync(Instance(2), TimeSpan.FromSeconds(-1), default));
        await RefusedAsync(ErrorReasons.StaleGeneration, () => Agent.SetHangTimeoutAsync(Instance(1), TimeSpan.Zero, default));
        await Agent.SetHangTimeoutAsync(Instance(2), TimeSpan.Zero, default);
    }

    [Fact]
    public async Task Hang_OfAPrimary_EndsItWhenItsTimeIsUp()
    {
        await RunningAsync(TimeSpan.FromSeconds(60));
        await AnswerAsync(Container, PostgresAnswer.Primary, TimeSpan.FromSeconds(5));
        await AnswerAsync(Container, PostgresAnswer.None, TimeSpan.FromSeconds(50)); // Its clock may be a few seconds ahead.
        Assert.True((await Agent.GetExitAsync(_instance, default)).Runs);
        await AnswerAsync(Container, PostgresAnswer.Primary, TimeSpan.FromSeconds(5));
        await AnswerAsync(Container, PostgresAnswer.None, TimeSpan.FromSeconds(50));
        Assert.True((await Agent.GetExitAsync(_instance, default)).Runs);

        await AnswerAsync(Container, PostgresAnswer.None, TimeSpan.FromSeconds(11));

        Assert.True(await Agent.GetExitAsync(_instance, default) is { Runs: false, Ended: not null });
    }

    [Theory]
    [InlineData(60, "it copies from another")]
    [InlineData(60, "it starts")]
    [InlineData(0, "it may be silent for ever")]
    public async Task Hang_OfAnother_EndsNothing(int timeoutSeconds, string what)
    {
        await RunningAsync(TimeSpan.FromSeconds(timeoutSeconds));
        await AnswerAsync(Container, PostgresAnswer.Primary, TimeSpan.FromSeconds(5));
        if (timeoutSeconds > 0)
            await AnswerAsync(Container, what == "it starts" ? PostgresAnswer.Busy : PostgresAnswer.Replica, TimeSpan.FromSeconds(5));

        await AnswerAsync(Container, PostgresAnswer.None, TimeSpan.FromSeconds(200));

        Assert.True((await Agent.GetExitAsync(_instance, default)).Runs);
    }

    private async Task RunningAsync(TimeSpan hangTimeout)
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);
        await Agent.SetHangTimeoutAsync(Instance(1), hangTimeout, default);
    }
}
