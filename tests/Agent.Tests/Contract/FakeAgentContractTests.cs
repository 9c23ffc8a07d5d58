using Agents.Agent.Postgres;
using Agents.Controller.Execution;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Agent.Tests.Contract;

/// <summary>The contract over the fake that the simulation commands.</summary>
public sealed class FakeAgentContractTests : AgentContract
{
    private readonly FakeFleet _fleet = new([A.Host()], A.ImageSet());

    private FakeHost Host => _fleet.Hosts[0];

    /// <inheritdoc/>
    public override Task InitializeAsync()
    {
        Host.Images.Add(ImageLabel);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task DisposeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    internal override IAgent Connect(string controllerId, long epoch) => new FakeAgent(_fleet, Host, new SimulatedProcess(), new FixedIdentity(controllerId, epoch));

    /// <inheritdoc/>
    internal override void LoseVolume(string name) => Host.Volumes.Remove(name);

    /// <inheritdoc/>
    internal override void WriteData(string name) => Host.Volumes[name].HasData = true;

    /// <inheritdoc/>
    internal override void EmptyVolume(string name) => Host.Volumes[name].HasData = false;

    /// <inheritdoc/>
    internal override void LoseDocker() => Host.IsDockerUp = false;

    /// <inheritdoc/>
    internal override void End(string name) => Host.Containers[name].End();

    /// <inheritdoc/>
    internal override Task StartByHandAsync(string name)
    {
        Host.Start(Host.Containers[name]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override void Pass(TimeSpan time)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
            Host.Tick();
    }

    /// <inheritdoc/>
    internal override Task AnswerAsync(string name, PostgresAnswer answer, TimeSpan time)
    {
        Host.Containers[name].Answer = answer;
        Pass(time);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task<bool> IsRunningAsync(string name) => Task.FromResult(Host.Containers[name].IsRunning);
}
