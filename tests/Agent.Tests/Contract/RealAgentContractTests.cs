using Agents.Agent.Docker;
using Agents.Controller.Execution;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Testing.Fleet;
using Agents.Words;

namespace Agents.Agent.Tests.Contract;

/// <summary>The contract over a whole agent in this process, called as the controller calls it, with its fakes of Docker and kernel.</summary>
public sealed class RealAgentContractTests : AgentContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeKernel _kernel = new();
    private TestAgent _agent = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        _engine.AddImage(ImageReference, ImageLabel);
        _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path), _engine, _kernel);
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
    internal override async Task<bool> IsRunningAsync(string name) => (await ((IDockerContainers)_engine).FindAsync(name, default))!.State.Running;
}
