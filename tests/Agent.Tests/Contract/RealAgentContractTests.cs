using Agents.Agent.Docker;
using Agents.Agent.Hangs;
using Agents.Agent.Observation;
using Agents.Agent.Postgres;
using Agents.Controller.Execution;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Testing.Fleet;
using Agents.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Agent.Tests.Contract;

/// <summary>The contract over a whole agent in this process, called as the controller calls it, with its fakes of Docker and kernel.</summary>
public sealed class RealAgentContractTests : AgentContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeKernel _kernel = new();
    private readonly FakeServerProbe _probe = new();
    private TestAgent _agent = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        _engine.AddImage(ImageReference, ImageLabel);
        _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path), _engine, _kernel, probe: _probe);
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _directory.Dispose();
    }

    /// <inheritdoc/>
    internal override IAgent Connect(string controllerId, long epoch) => new GrpcAgent(_agent.Channel.CreateCallInvoker(), new FixedIdentity(controllerId, epoch));

    /// <inheritdoc/>
    internal override void LoseVolume(string name) => _engine.LoseVolume(name);

    /// <inheritdoc/>
    internal override void WriteData(string name) => _engine.WriteFile(name, DataMarks.ControlFile, BitConverter.GetBytes(7_412_000_000_000_000_001UL));

    /// <inheritdoc/>
    internal override void EmptyVolume(string name) => _engine.EmptyVolume(name);

    /// <inheritdoc/>
    internal override void LoseDocker() => _engine.GoAway();

    /// <inheritdoc/>
    internal override void End(string name) => _engine.Crash(name);

    /// <inheritdoc/>
    internal override Task StartByHandAsync(string name) => ((IDockerContainers)_engine).StartAsync(name, default);

    /// <inheritdoc/>
    internal override void Pass(TimeSpan time) => _kernel.SinceBoot += time;

    /// <inheritdoc/>
    internal override async Task AnswerAsync(string name, PostgresAnswer answer, TimeSpan time)
    {
        await SeenAsync(name);
        _probe.Answer = answer;
        var watch = _agent.Services.GetRequiredService<HangWatch>();
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            watch.Look(HangRules.Period, default);
            await watch.ActsAsync().DefaultTimeout();
        }
    }

    /// <inheritdoc/>
    internal override async Task<bool> IsRunningAsync(string name) => (await ((IDockerContainers)_engine).FindAsync(name, default))!.State.Running;

    /// <summary>Waits until the agent has seen a container run.</summary>
    private async Task SeenAsync(string name)
    {
        var view = _agent.Services.GetRequiredService<ContainerView>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        view.Changed += _ => Look();
        view.Replaced += Look;
        Look();
        await seen.Task.DefaultTimeout();

        void Look()
        {
            if (view.Containers.Any(container => container.PlainName == name && container.State.Running))
                seen.TrySetResult();
        }
    }
}
