using Agents.Controller.Observation;
using Agents.Testing;

namespace Agents.Controller.Tests.Observation;

/// <summary>How often a host is asked what it is made of.</summary>
public sealed class HostSessionObserverTests
{
    [Fact]
    public void PauseAfter_AllIsWell_IsLong() => Assert.Equal(TimeSpan.FromSeconds(30), HostSessionObserver.PauseAfter(A.Facts()));

    [Fact]
    public void PauseAfter_EngineDoesNotAnswer_IsShort() => Assert.Equal(TimeSpan.FromSeconds(10), HostSessionObserver.PauseAfter(A.Facts() with { DockerReachable = false }));

    [Fact]
    public void PauseAfter_CallFailed_IsShort() => Assert.Equal(TimeSpan.FromSeconds(10), HostSessionObserver.PauseAfter(null));
}
