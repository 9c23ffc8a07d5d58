using Agents.Agent.Configuration;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests;

/// <summary>The scenarios over the fake engine.</summary>
public sealed class FakeEngineScenarios : AgentScenarios
{
    private readonly FakeDockerEngine _engine = new();
    private readonly FakeKernel _kernel = new();

    /// <inheritdoc/>
    internal override Task<TestAgent> StartAsync(AgentSettings settings)
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        return TestAgent.StartAsync(settings, _engine, _kernel);
    }

    /// <inheritdoc/>
    internal override Task KillAsync(string container, int pid)
    {
        _kernel.End(pid);
        _engine.Crash(container);
        return Task.CompletedTask;
    }
}
