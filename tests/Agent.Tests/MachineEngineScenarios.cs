using System.Diagnostics;
using Agents.Agent.Configuration;
using Agents.Agent.Tests.Docker;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Testing.Requirements;

namespace Agents.Agent.Tests;

/// <summary>The scenarios over this machine's own engine, kernel and cgroups.</summary>
[Trait("Category", "Engine")]
[RequiresForAll(Requirement.Engine)]
public sealed class MachineEngineScenarios : AgentScenarios
{
    /// <inheritdoc/>
    internal override async Task<TestAgent> StartAsync(AgentSettings settings)
    {
        var images = EngineUnderTest.At(settings.DockerSocket).Images;
        if (await images.FindAsync(SmallImage.Reference, default) is null)
            await images.LoadAsync(new MemoryStream(SmallImage.Archive()), default);
        return await TestAgent.StartAsync(settings);
    }

    /// <inheritdoc/>
    internal override async Task KillAsync(string container, int pid)
    {
        using var kill = Process.Start("kill", ["-9", $"{pid}"]);
        await kill.WaitForExitAsync().DefaultTimeout();
    }
}
