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

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000001", 0)]
    [InlineData("80000000-0000-4000-8000-000000000001", 0.5)]
    [InlineData("ffffffff-0000-4000-8000-000000000001", 1)]
    public void ShareOf_Sessions_IsAllBetweenNothingAndTheWhole(string session, double share) => Assert.Equal(share, HostSessionObserver.ShareOf(Guid.Parse(session)), 0.001);
}
