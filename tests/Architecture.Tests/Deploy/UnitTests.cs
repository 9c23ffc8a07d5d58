using System.Diagnostics;
using Agents.Agent.Configuration;
using Agents.Architecture.Tests.Sources;
using Agents.Testing;
using Agents.Testing.Requirements;

namespace Agents.Architecture.Tests.Deploy;

/// <summary>The units bring everything back after a reboot, and end no container.</summary>
public sealed class UnitTests
{
    /// <summary>The units, and the program that each starts.</summary>
    public static TheoryData<string, string> Units { get; } = new() { { "agents-agent", "Agents.Agent" }, { "agents-controller", "Agents.Controller" } };

    /// <summary>Each starts at boot, after the engine, and again whenever it has ended, however often.</summary>
    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_Repository_StartsAtBootAndAlwaysAgain(string name, string program)
    {
        var unit = Read(name);

        Assert.Equal(["multi-user.target"], unit.Words("Install.WantedBy"));
        Assert.Equal(["always"], unit.Words("Service.Restart"));
        Assert.Equal(["0"], unit.Words("Unit.StartLimitIntervalSec"));
        Assert.Contains("docker.service", unit.Words("Unit.After"));
        Assert.Equal([$"/usr/local/lib/agents/{program}"], unit.Words("Service.ExecStart"));
    }

    /// <summary>An engine that stops or starts anew neither ends nor restarts what watches it.</summary>
    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_Repository_DoesNotEndWithTheEngine(string name, string program)
    {
        var unit = Read(name);

        Assert.All(["Requires", "Requisite", "BindsTo", "PartOf"], key => Assert.Empty(unit.Words($"Unit.{key}")));
        Assert.True(unit.Words("Service.ExecStop").Count == 0, $"{program} ends by its signal");
    }

    /// <summary>The agent's unit ends the agent alone, and gives it the places that it uses by itself.</summary>
    [Fact]
    public void AgentUnit_Repository_EndsNoOtherProcessAndHasItsPlaces()
    {
        var unit = Read("agents-agent");
        var defaults = new AgentOptions();

        Assert.Equal(["process"], unit.Words("Service.KillMode"));
        Assert.Equal(defaults.DataDirectory, $"/var/lib/{unit.Words("Service.StateDirectory").Single()}");
        Assert.Equal(Path.GetDirectoryName(defaults.LocalSocket), $"/run/{unit.Words("Service.RuntimeDirectory").Single()}");
        Assert.Equal(Path.GetDirectoryName(defaults.PolicyFile), $"/etc/{unit.Words("Service.ConfigurationDirectory").Single()}");
    }

    /// <summary>What the service manager's own reader finds wrong.</summary>
    [RequiresTheory(Requirement.SystemdAnalyze)]
    [MemberData(nameof(Units))]
    public async Task Unit_Repository_IsRightForSystemd(string name, string program)
    {
        using var folder = new TemporaryDirectory();
        var unit = Path.Combine(folder.Path, $"{name}.service");
        await File.WriteAllTextAsync(unit, Text(name).Replace($"/usr/local/lib/agents/{program}", "/bin/true", StringComparison.Ordinal));

        using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", unit]) { RedirectStandardError = true })!;
        var said = await verify.StandardError.ReadToEndAsync().DefaultTimeout();
        await verify.WaitForExitAsync().DefaultTimeout();

        Assert.Equal((0, ""), (verify.ExitCode, said));
    }

    /// <summary>What a reader of units must not pass over.</summary>
    [Fact]
    public void Unit_LineWithoutAKey_IsRefused() => Assert.Throws<FormatException>(() => new Unit("[Service]\nRestart always"));

    private static Unit Read(string name) => new(Text(name));

    private static string Text(string name) => Repository.Read($"deploy/systemd/{name}.service");
}
